/** Characters that would end a cell, or be read as markup or HTML by whoever renders it. */
const SPECIAL = /[\\|<>&`*_[\]]/g;
const MOST_CHARACTERS = 300;

/** Rows as a Markdown table; every value stays a value, whatever it is made of. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): string {
  const line = (cells: readonly (string | null)[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line), ""].join("\n");
}

function cell(text: string | null): string {
  if (text === null) {
    return "";
  }
  const cut = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
  return cut.replace(/[\r\n\t]+/g, " ").replace(SPECIAL, "\\$&");
}

const LONGEST = 300;

/** What a thrown value says, bounded: its text ends up in a signed receipt. */
export function errorText(error: unknown): string {
  const text = error instanceof Error ? error.message : typeof error === "string" ? error : "";
  const known = text === "" ? "an error without a message" : text;
  return known.length > LONGEST ? `${wellFormed(known.slice(0, LONGEST))}…` : wellFormed(known);
}

/** Half a surrogate pair cannot be written as UTF-8, so it could keep a receipt from being signed. */
function wellFormed(text: string): string {
  return text.replace(
    /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g,
    "\uFFFD",
  );
}

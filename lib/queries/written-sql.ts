import { sqlLiteral } from "./sql-literal.ts";

/** Values of the connection's variables, by name, or by name and member: `bin`, `denial_parts.guard`. */
export type Variables = ReadonlyMap<string, string | number | boolean | null>;

/** A name that a question reads, and what stands for it in the written text. */
export interface WrittenView {
  readonly name: string;
  readonly text: string;
}

const CHOICE = /case getvariable\('(\w+)'\)(?:\['(\w+)'\])?\n([\s\S]*?)\n\s*end/g;
const SWITCH = /case when getvariable\('(\w+)'\)(?:\['(\w+)'\])? then (\w+) end/g;
/** A sort column that was not chosen: the engine refuses to order by a constant. */
const NO_ORDER = /\n\s*null (?:asc|desc) nulls last,/g;
const VARIABLE = /getvariable\('(\w+)'\)(?:\['(\w+)'\])?/g;

/**
 * A question as one statement that runs as it stands: variables become literals, and the views that read
 * variables become common table expressions. The question is a text of our own; only literals come from data,
 * and they go in last.
 */
export function writtenSql(
  question: string,
  variables: Variables,
  views: readonly WrittenView[],
): string {
  const { comment, body } = split(question.trim().replace(/;$/, ""));
  const used = views.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(body));
  const chosen = body
    .replace(CHOICE, (_, name: string, member: string | undefined, branches: string) =>
      branch(branches, variables.get(path(name, member))),
    )
    .replace(NO_ORDER, "")
    .replace(SWITCH, (_, name: string, member: string | undefined, column: string) =>
      variables.get(path(name, member)) === true ? column : "null::varchar",
    );
  const filled = chosen.replace(VARIABLE, (_, name: string, member: string | undefined) =>
    sqlLiteral(variables.get(path(name, member)) ?? null),
  );
  return `${comment}${withViews(filled, used)};\n`;
}

function withViews(body: string, views: readonly WrittenView[]): string {
  if (views.length === 0) {
    return body;
  }
  const written = views.map(({ name, text }) => `${name} as (\n${indented(text)}\n)`).join(",\n");
  return body.startsWith("with ")
    ? `with ${written},\n${body.slice("with ".length)}`
    : `with ${written}\n${body}`;
}

/** The column that a `case` over a variable chooses. */
function branch(branches: string, value: string | number | boolean | null | undefined): string {
  for (const line of branches.split("\n")) {
    const found = /when '(\w+)' then (.+)$/.exec(line);
    if (found !== null && found[1] === value) {
      return found[2] ?? "null";
    }
  }
  return "null";
}

function split(text: string): { readonly comment: string; readonly body: string } {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => !line.startsWith("--"));
  const comment = lines.slice(0, first).map((line) => `${line}\n`);
  return { comment: comment.join(""), body: lines.slice(first).join("\n") };
}

function path(name: string, member: string | undefined): string {
  return member === undefined ? name : `${name}.${member}`;
}

/** Our own lines only: a value with a line feed keeps its own, so nothing is put inside a literal. */
function indented(text: string): string {
  return `  ${text}`;
}

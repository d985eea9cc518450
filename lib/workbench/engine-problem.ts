import type { ProblemCode, StatementProblem } from "./model.ts";
import type { Statement } from "./statement.ts";

/** Characters of an engine's message that are shown. */
const MOST = 1_000;
/** Lines that stand before the person's text in what the engine was given. */
const LINES_BEFORE = 1;

const PLACE = /\n\s*LINE (\d+): ([^\n]*)\n([ ]*)\^/;
const EXTENSION = /in the (\w+) extension|required extension '(\w+)'/;

const EXTENSION_HINTS: Readonly<Record<string, string>> = {
  json: "There are no JSON functions here. The views have columns for what the records say; regexp_extract(…) reads a text.",
  icu: "There is no time zone library here. Times are whole Unix seconds: timestamp - timestamp % 3600 is the hour; to_timestamp(timestamp)::timestamp can be shown.",
  parquet: "Nothing is read from files here. Export writes Parquet.",
};

/** What the engine said, in words that say where and what to do. */
export function engineProblem(message: string, { text, start }: Statement): StatementProblem {
  const plain = message.replace(/^(Error: )+/, "");
  const place = placeIn(plain, text);
  const code = codeOf(plain);
  return {
    code,
    message: sentence(plain, code),
    hint: hintOf(plain, code),
    at: place === null ? null : start + place,
  };
}

function codeOf(message: string): ProblemCode {
  if (/^Out of Memory Error|bad_alloc|Cannot create a string of size/i.test(message)) {
    return "memory";
  }
  if (EXTENSION.test(message)) {
    return "needs-extension";
  }
  if (/^Permission Error|file system operations are disabled/i.test(message)) {
    return "off-limits";
  }
  if (/Cannot prepare multiple statements/i.test(message)) {
    return "several-statements";
  }
  if (/read-only|read only/i.test(message)) {
    return "not-a-question";
  }
  if (/^Parser Error|^Not implemented Error: A CTE/i.test(message)) {
    return "syntax";
  }
  if (/^(Catalog|Binder) Error/i.test(message)) {
    return "unknown-name";
  }
  if (/^(Conversion|Out of Range|Invalid Input) Error/i.test(message)) {
    return "value";
  }
  return "engine";
}

/** The engine's advice about installing and settings is no way here, so it is left out. */
function sentence(message: string, code: ProblemCode): string {
  if (code === "memory") {
    return "The statement would need more memory than there is. The data is untouched.";
  }
  const cut = message
    .split(/\n\s*LINE \d+:|\n\nPlease try installing|\n\nLaunch the database/)[0]
    ?.trim();
  const text = cut ?? message;
  return text.length > MOST ? `${text.slice(0, MOST)} …` : text;
}

function hintOf(message: string, code: ProblemCode): string {
  switch (code) {
    case "memory":
      return "Ask for fewer rows or columns, or count instead of listing.";
    case "needs-extension": {
      const found = EXTENSION.exec(message);
      const name = found?.[1] ?? found?.[2] ?? "";
      return EXTENSION_HINTS[name] ?? "It belongs to an extension, and nothing is fetched here.";
    }
    case "off-limits":
      return "Files and the network are closed to statements. Drop a file on the page to load it.";
    case "several-statements":
      return "Run one statement at a time. PIVOT needs its values named: PIVOT … ON decision IN ('allow', 'deny').";
    case "syntax":
      return "A statement here is one SELECT, WITH, FROM, VALUES, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN.";
    case "unknown-name":
      return /Did you mean|Candidate/.test(message)
        ? ""
        : "The panel lists every view with its columns.";
    case "value":
      return "try_cast(… as type) gives null where a value does not fit.";
    case "empty":
    case "too-long":
    case "too-wide":
    case "not-a-question":
    case "function-refused":
    case "engine-restarted":
    case "stopped":
    case "engine":
      return "";
  }
}

/** The place that the engine points at, in the person's text. */
function placeIn(message: string, text: string): number | null {
  const found = PLACE.exec(message);
  if (found === null) {
    return null;
  }
  const [, number = "", excerpt = "", spaces = ""] = found;
  const wanted = Number(number) - 1 - LINES_BEFORE;
  let start = 0;
  for (let line = 0; line < wanted; line += 1) {
    const end = text.indexOf("\n", start);
    if (end < 0) {
      return null;
    }
    start = end + 1;
  }
  if (wanted < 0) {
    return null;
  }
  const end = text.indexOf("\n", start);
  const line = text.slice(start, end < 0 ? text.length : end);
  // The engine cuts long lines at both sides, with dots.
  const caret = spaces.length - `LINE ${number}: `.length;
  const cut = excerpt.startsWith("...") ? 3 : 0;
  const shown = excerpt.slice(cut).replace(/\.\.\.$/, "");
  const from = cut === 0 ? 0 : line.indexOf(shown);
  const column = from < 0 ? 0 : from + Math.max(caret - cut, 0);
  return start + Math.min(column, line.length);
}

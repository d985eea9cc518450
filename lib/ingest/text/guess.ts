import type { ExportForm } from "../kafka/export-form.ts";
import { hasPlace, isHeaderLine } from "./confluent-cli.ts";
import { labelsEnd } from "./console-consumer.ts";
import { guessCsv } from "./guess-csv.ts";
import { isKnownName, possibleNames } from "./headers.ts";
import { pickColumns } from "./pick-columns.ts";
import { type Column, isTextForm, type Reading, reading, type TextForm } from "./reading.ts";
import { commonest, countTabs, most, sampleLines } from "./sample.ts";
import { cellsOf } from "./tab-line.ts";

const MAJORITY = 0.5;
const SHARE = 0.8;
/** Of a file's lines, those that begin records, where values go over many lines. */
const LEAST = 0.05;
/** Columns of `kcat -f` as its help orders them. */
const USUAL: readonly Column[] = [
  "topic",
  "partition",
  "offset",
  "timestamp",
  "key",
  "headers",
  "value",
];
const MOST_NAMES = 64;
const NAME_TIMES = 2;
const NO_NAMES: ReadonlySet<string> = new Set();

/**
 * What exported a text, by the rules of the streaming reference (5.2); the first that fits decides. Null for
 * a text that is none of it. Each rule asks for at least half of the lines, so that no line that somebody
 * puts into a log makes another thing of the log.
 *
 * @param sample the beginning of the file, up to the end of a line unless it is the whole
 */
export function guessReading(sample: string): Reading | null {
  const lines = sampleLines(sample);
  return (
    guessConsole(lines) ??
    guessConfluent(lines) ??
    guessCsv(lines) ??
    guessKcat(lines) ??
    guessPrefixed(lines)
  );
}

/**
 * The reading that a person's word on the form amounts to: what the form leaves open is guessed. Null for a
 * form of JSON.
 */
export function readingAs(form: ExportForm, sample: string): Reading | null {
  if (!isTextForm(form)) return null;
  const lines = sampleLines(sample);
  return guessOf(form, lines) ?? usual(form, lines);
}

function guessOf(form: TextForm, lines: readonly string[]): Reading | null {
  switch (form) {
    case "console-consumer":
      return consoleReading(lines);
    case "confluent-cli":
      return confluentReading(lines);
    case "kcat-text":
      return guessKcat(lines) ?? guessPrefixed(lines);
    case "redpanda-console-csv":
    case "kafbat-csv":
    case "connect-csv": {
      const found = guessCsv(lines);
      return found?.form === form ? found : null;
    }
    case "bare-value":
      return reading("bare-value");
  }
}

function usual(form: TextForm, lines: readonly string[]): Reading {
  switch (form) {
    case "redpanda-console-csv":
      return reading(form, { columns: ["timestamp", "partition", "offset", "key", "value"] });
    case "kafbat-csv":
      return reading(form, {
        columns: ["value", "offset", "key", "partition", "headers", "timestamp"],
        isQuoted: true,
      });
    case "connect-csv":
      return reading(form, { columns: ["key", "value", "offset", "timestamp"] });
    case "kcat-text": {
      const { value: tabs } = commonest(lines.map(countTabs));
      return reading(form, { columns: USUAL.slice(Math.max(0, USUAL.length - tabs - 1)) });
    }
    case "console-consumer":
    case "confluent-cli":
    case "bare-value":
      return reading(form);
  }
}

function guessConsole(lines: readonly string[]): Reading | null {
  return most(lines, MAJORITY, (line) => labelsEnd(line) > 0) ? consoleReading(lines) : null;
}

function consoleReading(lines: readonly string[]): Reading {
  const rests = lines.flatMap((line) => {
    const end = labelsEnd(line);
    return end > 0 ? [line.slice(end)] : [];
  });
  const { value: tabs } = commonest((rests.length > 0 ? rests : lines).map(countTabs));
  const first = rests.flatMap((rest) => {
    const cell = cellsOf(rest, 2)?.[0];
    return cell === undefined ? [] : [cell];
  });
  const hasHeaders = tabs > 0 && most(first, SHARE, isConsoleHeaders);
  const columns: readonly Column[] =
    tabs === 0
      ? ["value"]
      : tabs === 1
        ? [hasHeaders ? "headers" : "key", "value"]
        : hasHeaders
          ? ["headers", "key", "value"]
          : ["key", "value"];
  const headerNames = hasHeaders ? repeatedNames(first, ":") : [];
  return reading("console-consumer", { columns, headerNames });
}

function isConsoleHeaders(cell: string): boolean {
  return cell === "NO_HEADERS" || possibleNames(cell, ":").length > 0;
}

/** Every record of it has a line that says where it was, or a line of headers below it. */
function guessConfluent(lines: readonly string[]): Reading | null {
  const headers = lines.filter(isHeaderLine).length;
  // Values may go over many lines: a file that begins with a place is such an export all the same.
  if (hasPlace(lines[0] ?? "")) return confluentReading(lines);
  const isMostly = most(lines, MAJORITY, (line) => isHeaderLine(line) || hasPlace(line));
  const isPaired = headers > 0 && headers * 2 >= lines.length - headers;
  return isMostly && (isPaired || lines.some(hasPlace))
    ? confluentReading(lines)
    : pairedValues(lines, headers);
}

/** Values alone, each with its line of headers below. */
function pairedValues(lines: readonly string[], headers: number): Reading | null {
  return headers > 0 && headers * 2 + 1 >= lines.length ? confluentReading(lines) : null;
}

function confluentReading(lines: readonly string[]): Reading {
  const bodies = lines.filter((line) => !isHeaderLine(line));
  const places = bodies.filter(hasPlace).length;
  const headers = lines.length - bodies.length;
  const records = headers > 0 ? headers : bodies.length * LEAST;
  if (places > 0 && places >= records * MAJORITY) {
    return reading("confluent-cli", { columns: ["key", "offset", "value"] });
  }
  if (most(bodies, MAJORITY, (line) => /(?:^|\t)Timestamp:-?\d/.test(line.slice(0, 4096)))) {
    return reading("confluent-cli", { columns: ["key", "timestamp", "value"] });
  }
  const isKeyed = most(bodies, SHARE, (line) => countTabs(line) > 0 && !line.startsWith("{"));
  return reading("confluent-cli", { columns: isKeyed ? ["key", "value"] : ["value"] });
}

function guessKcat(lines: readonly string[]): Reading | null {
  const { value: tabs, times } = commonest(lines.map(countTabs));
  if (tabs < 2 || times < lines.length * SHARE) return null;
  const rows = lines.flatMap((line) => {
    const cells = countTabs(line) === tabs ? cellsOf(line, tabs + 1) : null;
    return cells === null ? [] : [cells];
  });
  const columns = pickColumns(rows);
  if (columns === null) return null;
  const at = columns.indexOf("headers");
  const headerNames =
    at < 0
      ? []
      : repeatedNames(
          rows.map((cells) => cells[at] ?? ""),
          "=",
        );
  return reading("kcat-text", { columns, headerNames });
}

/** Something, a tab, and JSON: a single cell before the value is its key. */
function guessPrefixed(lines: readonly string[]): Reading | null {
  const isPrefixed = most(lines, MAJORITY, (line) => countTabs(line) > 0 && endsInObject(line));
  if (!isPrefixed) return null;
  const { value: tabs } = commonest(lines.filter((line) => countTabs(line) > 0).map(countTabs));
  const before: readonly Column[] =
    tabs === 1 ? ["key"] : Array.from({ length: tabs }, () => "other");
  return reading("kcat-text", { columns: [...before, "value"] });
}

function endsInObject(line: string): boolean {
  const cell = line.slice(line.lastIndexOf("\t") + 1);
  if (!cell.startsWith("{")) return false;
  try {
    JSON.parse(cell);
    return true;
  } catch {
    return false;
  }
}

function repeatedNames(cells: readonly string[], separator: ":" | "="): readonly string[] {
  const times = new Map<string, number>();
  for (const cell of cells) {
    for (const name of new Set(possibleNames(cell, separator))) {
      if (!isKnownName(name, NO_NAMES)) times.set(name, (times.get(name) ?? 0) + 1);
    }
  }
  return [...times]
    .flatMap(([name, seen]) => (seen >= NAME_TIMES ? [name] : []))
    .slice(0, MOST_NAMES);
}

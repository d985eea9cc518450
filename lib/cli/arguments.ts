import { err, ok, type Result } from "@/kernel/result.ts";
import { exportFormOf } from "@/lib/display/export-forms.ts";
import { EXPORT_FORMS, type ExportForm } from "@/lib/ingest/kafka/export-form.ts";

/** What a command understands besides plain words. */
export interface OptionTable {
  /** Options with a value, each with what its value is, as a refusal says it: `a file`. */
  readonly values: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
  /** Those of {@link values} that may be given more than once. */
  readonly repeatable?: readonly string[];
}

export interface ReadWords {
  readonly values: ReadonlyMap<string, string>;
  readonly flags: ReadonlySet<string>;
  /** Values of the repeatable options, in their order. */
  readonly repeated: readonly string[];
  /** Everything that is no option, in its order. */
  readonly words: readonly string[];
}

/**
 * Reads options (`--name value`, `--name=value`, `--flag`) and plain words in any order; `--` ends the
 * options, `-` alone is a word. The error is a sentence.
 */
export function readWords(given: readonly string[], table: OptionTable): Result<ReadWords, string> {
  const needs = new Map(Object.entries(table.values));
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const repeated: string[] = [];
  const words: string[] = [];
  for (let index = 0; index < given.length; index += 1) {
    const word = given[index] ?? "";
    if (word === "--") {
      return ok({ values, flags, repeated, words: words.concat(given.slice(index + 1)) });
    }
    const cut = word.startsWith("--") ? word.indexOf("=") : -1;
    const name = cut === -1 ? word : word.slice(0, cut);
    const need = needs.get(name);
    if (need !== undefined) {
      const value = cut === -1 ? given[index + 1] : word.slice(cut + 1);
      if (value === undefined || value === "") {
        return err(`${name} needs ${need}`);
      }
      index += cut === -1 ? 1 : 0;
      if (table.repeatable?.includes(name) === true) {
        repeated.push(value);
      } else if (values.has(name)) {
        return err(`${name} was given twice`);
      } else {
        values.set(name, value);
      }
    } else if (table.flags.includes(word)) {
      flags.add(word);
    } else if (word.startsWith("-") && word !== "-") {
      return err(`unknown option ${word}`);
    } else {
      words.push(word);
    }
  }
  return ok({ values, flags, repeated, words });
}

/** {@link readWords} for a command that takes options alone. */
export function readOptions(
  given: readonly string[],
  table: OptionTable,
): Result<ReadWords, string> {
  const read = readWords(given, table);
  const word = read.ok ? read.value.words[0] : undefined;
  return word === undefined ? read : err(`unexpected word ${word}`);
}

export interface VerifyArguments {
  readonly paths: readonly string[];
  readonly trust: string | null;
  readonly json: boolean;
  readonly readAs: ExportForm | null;
}

const VERIFY: OptionTable = {
  values: { "--trust": "a file", "--read-as": "an export form" },
  flags: ["--json"],
};

/** Reads `PATH... [--trust FILE] [--read-as FORM] [--json]`; `--` ends the options. The error is a sentence. */
export function parseVerifyArguments(words: readonly string[]): Result<VerifyArguments, string> {
  const read = readWords(words, VERIFY);
  if (!read.ok) {
    return read;
  }
  const { values, flags, words: paths } = read.value;
  if (paths.length === 0) {
    return err("no path was given");
  }
  const name = values.get("--read-as");
  const readAs = name === undefined ? null : exportFormOf(name);
  return name !== undefined && readAs === null
    ? err(`--read-as knows these forms: ${EXPORT_FORMS.join(", ")}`)
    : ok({ paths, trust: values.get("--trust") ?? null, json: flags.has("--json"), readAs });
}

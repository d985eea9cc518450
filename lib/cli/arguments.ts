import { err, ok, type Result } from "@/kernel/result.ts";

export interface VerifyArguments {
  readonly paths: readonly string[];
  readonly trust: string | null;
  readonly json: boolean;
}

/** Reads `PATH... [--trust FILE] [--json]`; `--` ends the options. The error is a sentence. */
export function parseVerifyArguments(words: readonly string[]): Result<VerifyArguments, string> {
  const paths: string[] = [];
  let trust: string | null = null;
  let json = false;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (word === "--") {
      paths.push(...words.slice(index + 1));
      break;
    }
    if (word === "--json") {
      json = true;
    } else if (word === "--trust" || word.startsWith("--trust=")) {
      const file = word === "--trust" ? words[index + 1] : word.slice("--trust=".length);
      if (file === undefined || file === "") {
        return err("--trust needs a file");
      }
      if (trust !== null) {
        return err("--trust was given twice");
      }
      trust = file;
      index += word === "--trust" ? 1 : 0;
    } else if (word.startsWith("-") && word !== "-") {
      return err(`unknown option ${word}`);
    } else {
      paths.push(word);
    }
  }
  return paths.length === 0 ? err("no path was given") : ok({ paths, trust, json });
}

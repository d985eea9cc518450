import { err, ok, type Result } from "@/kernel/result.ts";

export interface CheckArguments {
  /** A path, `-` for standard input, or null where no token is presented. */
  readonly capability: string | null;
  readonly request: string;
  readonly policy: string | null;
  readonly trust: string | null;
  /** Unix seconds; null is now. */
  readonly at: bigint | null;
  readonly json: boolean;
}

const OPTIONS = ["--capability", "--request", "--policy", "--trust", "--at"];
const NO_TOKEN = "none";

/**
 * Reads `--capability F|none --request F [--policy F] [--trust F] [--at UNIX_SECONDS] [--json]`. A call without
 * a token is asked about by the word `none`, so that a forgotten option is no question. The error is a sentence.
 */
export function parseCheckArguments(words: readonly string[]): Result<CheckArguments, string> {
  const given = new Map<string, string>();
  let json = false;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    const name = OPTIONS.find((option) => word === option || word.startsWith(`${option}=`));
    if (word === "--json") {
      json = true;
    } else if (name === undefined) {
      return err(word.startsWith("-") ? `unknown option ${word}` : `unexpected word ${word}`);
    } else {
      const value = word === name ? words[index + 1] : word.slice(name.length + 1);
      if (value === undefined || value === "") {
        return err(`${name} needs ${name === "--at" ? "a time in Unix seconds" : "a file"}`);
      }
      if (given.has(name)) {
        return err(`${name} was given twice`);
      }
      given.set(name, value);
      index += word === name ? 1 : 0;
    }
  }
  return argumentsOf(given, json);
}

function argumentsOf(
  given: ReadonlyMap<string, string>,
  json: boolean,
): Result<CheckArguments, string> {
  const capability = given.get("--capability");
  const request = given.get("--request");
  const at = given.get("--at") ?? null;
  if (capability === undefined || request === undefined) {
    return err(`${capability === undefined ? "--capability" : "--request"} is needed`);
  }
  if (capability === "-" && request === "-") {
    return err("standard input can be read once");
  }
  if (at !== null && !/^[0-9]{1,12}$/u.test(at)) {
    return err("--at needs a time in Unix seconds");
  }
  return ok({
    capability: capability === NO_TOKEN ? null : capability,
    request,
    policy: given.get("--policy") ?? null,
    trust: given.get("--trust") ?? null,
    at: at === null ? null : BigInt(at),
    json,
  });
}

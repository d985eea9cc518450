import { err, ok, type Result } from "@/kernel/result.ts";
import { type OptionTable, readOptions } from "./arguments.ts";

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

const OPTIONS: OptionTable = {
  values: {
    "--capability": "a file",
    "--request": "a file",
    "--policy": "a file",
    "--trust": "a file",
    "--at": "a time in Unix seconds",
  },
  flags: ["--json"],
};
const NO_TOKEN = "none";

/**
 * Reads `--capability F|none --request F [--policy F] [--trust F] [--at UNIX_SECONDS] [--json]`. A call without
 * a token is asked about by the word `none`, so that a forgotten option is no question. The error is a sentence.
 */
export function parseCheckArguments(words: readonly string[]): Result<CheckArguments, string> {
  const read = readOptions(words, OPTIONS);
  return read.ok ? argumentsOf(read.value.values, read.value.flags.has("--json")) : read;
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

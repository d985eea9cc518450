import { err, ok, type Result } from "@/kernel/result.ts";
import { type OptionTable, readOptions } from "./arguments.ts";

export interface ServeArguments {
  readonly host: string;
  /** Zero lets the system choose. */
  readonly port: number;
  /** Null: as the environment says. */
  readonly data: string | null;
  readonly policy: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

const OPTIONS: OptionTable = {
  values: { "--port": "a value", "--host": "a value", "--data": "a value", "--policy": "a value" },
  flags: [],
};
const LOOPBACK = "127.0.0.1";
const PORT = "3000";

/** Reads `[--port N] [--host ADDRESS] [--data DIR] [--policy FILE]`; the port is else `PORT`'s. The error is a sentence. */
export function parseServeArguments(
  words: readonly string[],
  environment: Environment,
): Result<ServeArguments, string> {
  const read = readOptions(words, OPTIONS);
  if (!read.ok) {
    return read;
  }
  const given = read.value.values;
  const port = given.get("--port") ?? (environment["PORT"] || PORT);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    return err("the port must be from 0 to 65535");
  }
  return ok({
    host: given.get("--host") ?? LOOPBACK,
    port: Number(port),
    data: given.get("--data") ?? null,
    policy: given.get("--policy") ?? null,
  });
}

/** The environment with what the command line says in its place. */
export function environmentOf(
  { data, policy }: ServeArguments,
  environment: Environment,
): Environment {
  return {
    ...environment,
    ...(data === null ? {} : { CHIO_DATA_DIR: data }),
    ...(policy === null ? {} : { CHIO_POLICY: policy }),
  };
}

/** Whether an address can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return host === LOOPBACK || host === "::1" || host === "localhost";
}

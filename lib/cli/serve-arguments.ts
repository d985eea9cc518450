import { err, ok, type Result } from "@/kernel/result.ts";

export interface ServeArguments {
  readonly host: string;
  /** Zero lets the system choose. */
  readonly port: number;
  /** Null: as the environment says. */
  readonly data: string | null;
  readonly policy: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

const OPTIONS = ["--port", "--host", "--data", "--policy"];
const LOOPBACK = "127.0.0.1";
const PORT = "3000";

/** Reads `[--port N] [--host ADDRESS] [--data DIR] [--policy FILE]`; the port is else `PORT`'s. The error is a sentence. */
export function parseServeArguments(
  words: readonly string[],
  environment: Environment,
): Result<ServeArguments, string> {
  const given = new Map<string, string>();
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    const name = OPTIONS.find((option) => word === option || word.startsWith(`${option}=`));
    if (name === undefined) {
      return err(word.startsWith("-") ? `unknown option ${word}` : `unexpected word ${word}`);
    }
    const value = word === name ? words[index + 1] : word.slice(name.length + 1);
    if (value === undefined || value === "") {
      return err(`${name} needs a value`);
    }
    if (given.has(name)) {
      return err(`${name} was given twice`);
    }
    given.set(name, value);
    index += word === name ? 1 : 0;
  }
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

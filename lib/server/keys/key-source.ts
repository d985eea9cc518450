import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { fromHex, toHex } from "@/kernel/encoding.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { asText, isObject, member } from "@/kernel/json/value.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import type { TrustRole } from "@/kernel/trust/trust-file.ts";
import { readPrivateFile, writePrivateFile } from "./private-file.ts";
import { SEED_LENGTH } from "./signer.ts";

/** Why a key could not be taken. Names the file or the variable, never anything of the secret. */
export interface KeyProblem {
  readonly kind:
    | "readable-by-others"
    | "unreadable"
    | "not-a-key"
    | "set-by-environment"
    | "history-unreadable";
  readonly place: string;
}

/** A seed and where it came from. */
export interface FoundSeed {
  readonly seed: Uint8Array;
  readonly from: "environment" | "file" | "new";
}

export type Environment = Readonly<Record<string, string | undefined>>;

const KEY_SCHEMA = "chio-explorer.key.v1";

/** The environment variable that holds a role's seed: `CHIO_KEY_KERNEL`. */
export function keyVariable(role: TrustRole): string {
  return `CHIO_KEY_${role.toUpperCase()}`;
}

function keyPath(directory: string, role: TrustRole): string {
  return join(directory, `${role}.json`);
}

/** The seed of a role: from the environment, else from its file, else a new one that the file then holds. */
export function findSeed(
  directory: string,
  role: TrustRole,
  environment: Environment,
): Result<FoundSeed, KeyProblem> {
  const variable = keyVariable(role);
  const given = environment[variable];
  if (given !== undefined && given !== "") {
    const seed = seedOf(given);
    return seed === null
      ? err({ kind: "not-a-key", place: variable })
      : ok({ seed, from: "environment" });
  }
  const path = keyPath(directory, role);
  const text = readPrivateFile(path);
  if (text.ok) {
    const seed = seedInFile(text.value, role);
    return seed === null ? err({ kind: "not-a-key", place: path }) : ok({ seed, from: "file" });
  }
  if (text.error.kind !== "absent") {
    const isOpen = text.error.kind === "readable-by-others";
    return err({ kind: isOpen ? "readable-by-others" : "unreadable", place: path });
  }
  return ok({ seed: makeSeed(directory, role, false), from: "new" });
}

/** A new seed, kept in the role's file; `replace` says that one may be there. */
export function makeSeed(directory: string, role: TrustRole, replace: boolean): Uint8Array {
  const seed = new Uint8Array(randomBytes(SEED_LENGTH));
  const text = `${JSON.stringify({ schema: KEY_SCHEMA, role, seed: toHex(seed) })}\n`;
  if (!writePrivateFile(keyPath(directory, role), text, replace)) {
    throw new Error(`the key file of ${role} appeared while it was made`);
  }
  return seed;
}

function seedInFile(text: string, role: TrustRole): Uint8Array | null {
  const parsed = parseJson(text);
  const file = parsed.ok ? parsed.value.value : null;
  if (!isObject(file) || member(file, "schema") !== KEY_SCHEMA || member(file, "role") !== role) {
    return null;
  }
  return seedOf(asText(member(file, "seed")) ?? "");
}

function seedOf(text: string): Uint8Array | null {
  const seed = fromHex(text.trim());
  return seed !== null && seed.length === SEED_LENGTH ? seed : null;
}

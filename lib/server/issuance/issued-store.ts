import { join } from "node:path";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { isObject, type JsonObject } from "@/kernel/json/value.ts";
import { openStoreFile, textAt, textOrNullAt } from "../store/sqlite.ts";
import tables from "./issued.sql";

export const ISSUED_STORE = "capabilities.sqlite3";

/** Tokens that this server issued. */
export interface IssuedStore {
  /** Durable on return. Throws where the id is taken. */
  record(id: string, token: JsonObject, attenuatedFrom: string | null): void;
  tokenById(id: string): JsonObject | null;
  /** The token that this one narrows, or null. In memory: every evaluation asks. */
  attenuatedFrom(id: string): string | null;
  close(): void;
}

export function openIssuedStore(directory: string): IssuedStore {
  const connection = openStoreFile(join(directory, ISSUED_STORE), { schema: [tables] });
  const insert = connection.prepare(
    `INSERT INTO explorer_issued_capabilities (capability_id, attenuated_from, token_json)
     VALUES (?, ?, ?)`,
  );
  const byId = connection.prepare(
    "SELECT token_json FROM explorer_issued_capabilities WHERE capability_id = ?",
  );
  const parents = new Map<string, string>();
  for (const row of connection
    .prepare("SELECT capability_id, attenuated_from FROM explorer_issued_capabilities")
    .all()) {
    const parent = textOrNullAt(row, 1);
    if (parent !== null) {
      parents.set(textAt(row, 0), parent);
    }
  }
  return {
    record(id, token, attenuatedFrom) {
      connection.write(() => insert.run(id, attenuatedFrom, canonicalize(token)));
      if (attenuatedFrom !== null) {
        parents.set(id, attenuatedFrom);
      }
    },
    tokenById(id) {
      const row = byId.first(id);
      const parsed = row === null ? null : parseJson(textAt(row, 0));
      return parsed?.ok === true && isObject(parsed.value.value) ? parsed.value.value : null;
    },
    attenuatedFrom: (id) => parents.get(id) ?? null,
    close: () => connection.close(),
  };
}

/** A narrowed token has no chain that would name its origin, so its origin's revocation is looked up here. */
export function revokedWithOrigins(
  isRevoked: (id: string) => boolean,
  { attenuatedFrom }: Pick<IssuedStore, "attenuatedFrom">,
): (id: string) => boolean {
  return (id) => {
    // A token is recorded after what it narrows, so this walk ends.
    for (let next: string | null = id; next !== null; next = attenuatedFrom(next)) {
      if (isRevoked(next)) {
        return true;
      }
    }
    return false;
  };
}

import { join } from "node:path";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { isObject, type JsonObject } from "@/kernel/json/value.ts";
import { openStoreFile, textAt } from "../store/sqlite.ts";
import tables from "./issued.sql";

export const ISSUED_STORE = "capabilities.sqlite3";

/** Tokens that this server issued. */
export interface IssuedStore {
  /** Durable on return. Throws where the id is taken. `origins`: ids and keys whose revocation revokes this one. */
  record(id: string, token: JsonObject, origins: readonly string[]): void;
  tokenById(id: string): JsonObject | null;
  /** What a narrowed token came from; of any other, nothing. In memory: every evaluation asks. */
  originsOf(id: string): readonly string[];
  close(): void;
}

export function openIssuedStore(directory: string): IssuedStore {
  const connection = openStoreFile(join(directory, ISSUED_STORE), { schema: [tables] });
  const insert = connection.prepare(
    "INSERT INTO explorer_issued_capabilities (capability_id, token_json) VALUES (?, ?)",
  );
  const insertOrigin = connection.prepare(
    "INSERT INTO explorer_capability_origins (capability_id, origin) VALUES (?, ?)",
  );
  const byId = connection.prepare(
    "SELECT token_json FROM explorer_issued_capabilities WHERE capability_id = ?",
  );
  const known = new Map<string, readonly string[]>();
  const originsOf = (id: string): readonly string[] => known.get(id) ?? [];
  for (const row of connection
    .prepare("SELECT capability_id, origin FROM explorer_capability_origins")
    .all()) {
    const id = textAt(row, 0);
    known.set(id, [...originsOf(id), textAt(row, 1)]);
  }
  return {
    record(id, token, origins) {
      const distinct = [...new Set(origins)];
      connection.write(() => {
        insert.run(id, canonicalize(token));
        for (const origin of distinct) {
          insertOrigin.run(id, origin);
        }
      });
      known.set(id, distinct);
    },
    tokenById(id) {
      const row = byId.first(id);
      const parsed = row === null ? null : parseJson(textAt(row, 0));
      return parsed?.ok === true && isObject(parsed.value.value) ? parsed.value.value : null;
    },
    originsOf,
    close: () => connection.close(),
  };
}

/** A narrowed token has no chain that would name its origins, so their revocations are looked up here. */
export function revokedWithOrigins(
  isRevoked: (id: string) => boolean,
  { originsOf }: Pick<IssuedStore, "originsOf">,
): (id: string) => boolean {
  return (id) => {
    // Each origin is walked into once: tokens may have come from one token by several ways.
    const asked = new Set([id]);
    for (const next of asked) {
      if (isRevoked(next)) {
        return true;
      }
      for (const origin of originsOf(next)) {
        asked.add(origin);
      }
    }
    return false;
  };
}

import { join } from "node:path";
import revocationTables from "./revocations.sql";
import { type Connection, integerAt, openStoreFile, textAt } from "./sqlite.ts";

export const REVOCATION_STORE = "revocations.sqlite3";

export interface Revocation {
  /** Id of a capability, or key of an issuer. */
  readonly id: string;
  /** Unix seconds. */
  readonly revokedAt: bigint;
}

/** What was revoked. Look-ups are in memory; a revocation is durable before it is answered. */
export interface RevocationStore {
  readonly connection: Connection;
  isRevoked(id: string): boolean;
  /** Revokes; false where it was revoked before, whose time then stays. */
  revoke(id: string, at: bigint): boolean;
  /** In the order of their ids after `id`, at most `limit`. */
  after(id: string, limit: number): readonly Revocation[];
  close(): void;
}

/** Opens `revocations.sqlite3` of a data directory and loads what it holds. */
export function openRevocationStore(directory: string): RevocationStore {
  const connection = openStoreFile(join(directory, REVOCATION_STORE), {
    schema: [revocationTables],
  });
  const insert = connection.prepare(
    "INSERT INTO revoked_capabilities (capability_id, revoked_at) VALUES (?, ?)",
  );
  const list = connection.prepare(
    `SELECT capability_id, revoked_at FROM revoked_capabilities WHERE capability_id > ?
     ORDER BY capability_id LIMIT ?`,
  );
  const ids = new Set(
    connection
      .prepare("SELECT capability_id FROM revoked_capabilities")
      .all()
      .map((row) => textAt(row, 0)),
  );
  return {
    connection,
    isRevoked: (id) => ids.has(id),
    revoke(id, at) {
      if (ids.has(id)) {
        return false;
      }
      connection.write(() => insert.run(id, at));
      ids.add(id);
      return true;
    },
    after: (id, limit) =>
      list
        .all(id, BigInt(limit))
        .map((row) => ({ id: textAt(row, 0), revokedAt: integerAt(row, 1) })),
    close: () => connection.close(),
  };
}

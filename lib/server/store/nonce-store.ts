import { type Connection, integerAt, textAt } from "./sqlite.ts";

/** A nonce that was taken, and until when a proof with it could still be accepted (Unix seconds). */
export interface TakenNonce {
  readonly key: string;
  readonly expiresAt: bigint;
}

/** The replay defence of proofs of possession: taken in memory, durable with the call that took it. */
export interface NonceStore {
  /**
   * Takes a nonce: false where it was taken before and has not expired, and where no more can be remembered.
   * What is taken must be handed to {@link record} before anything is acknowledged.
   */
  take(key: string, expiresAt: bigint, now: bigint): boolean;
  /** Writes nonces; call inside `connection.write`. One that is here already stays. */
  record(nonces: readonly TakenNonce[], now: bigint): void;
}

/** Nonces that are remembered at a time. When they are all alive, further proofs are refused. */
export const MOST_NONCES = 100_000;

/** Nonces of the revocation store's file; whatever has expired by `now` is forgotten. */
export function nonceStore(connection: Connection, now: bigint): NonceStore {
  const insert = connection.prepare(
    `INSERT INTO explorer_taken_nonces (nonce_key, expires_at) VALUES (?, ?)
     ON CONFLICT (nonce_key) DO UPDATE SET expires_at = MAX(expires_at, excluded.expires_at)`,
  );
  const forget = connection.prepare("DELETE FROM explorer_taken_nonces WHERE expires_at < ?");
  connection.write(() => forget.run(now));
  const taken = new Map<string, bigint>();
  for (const row of connection
    .prepare("SELECT nonce_key, expires_at FROM explorer_taken_nonces")
    .all()) {
    taken.set(textAt(row, 0), integerAt(row, 1));
  }
  let swept = now;
  const sweep = (at: bigint): void => {
    if (at === swept) {
      return;
    }
    swept = at;
    for (const [key, expiresAt] of taken) {
      if (expiresAt < at) {
        taken.delete(key);
      }
    }
  };
  return {
    take(key, expiresAt, at) {
      const known = taken.get(key);
      if (known !== undefined && known >= at) {
        return false;
      }
      if (taken.size >= MOST_NONCES) {
        sweep(at);
      }
      if (taken.size >= MOST_NONCES) {
        return false;
      }
      taken.set(key, expiresAt);
      return true;
    },
    record(nonces, at) {
      forget.run(at);
      for (const { key, expiresAt } of nonces) {
        insert.run(key, expiresAt);
      }
    },
  };
}

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryDirectory } from "../testing/data-directory.ts";
import { MOST_NONCES, nonceStore } from "./nonce-store.ts";
import { openRevocationStore, type RevocationStore } from "./revocation-store.ts";

let directory: ReturnType<typeof temporaryDirectory>;
let store: RevocationStore;
beforeEach(() => {
  directory = temporaryDirectory();
  store = openRevocationStore(directory.path);
});
afterEach(() => {
  store.close();
  directory.remove();
});

function reopen(): void {
  store.close();
  store = openRevocationStore(directory.path);
}

describe("revocations", () => {
  it("are made once, keep their first time, and outlive a restart", () => {
    expect(store.isRevoked("cap-1")).toBe(false);
    expect(store.revoke("cap-1", 100n)).toBe(true);
    expect(store.revoke("cap-1", 200n)).toBe(false);
    reopen();
    expect(store.isRevoked("cap-1")).toBe(true);
    expect(store.isRevoked("cap-2")).toBe(false);
    expect(store.revoke("cap-1", 300n)).toBe(false);
    expect(store.after("", 10)).toEqual([{ id: "cap-1", revokedAt: 100n }]);
  });

  it("are listed in the order of their ids, a page at a time", () => {
    for (const id of ["c", "a", "b"]) {
      store.revoke(id, 1n);
    }
    expect(store.after("", 2).map(({ id }) => id)).toEqual(["a", "b"]);
    expect(store.after("b", 2).map(({ id }) => id)).toEqual(["c"]);
  });
});

describe("nonces", () => {
  const taken = (now: bigint) => nonceStore(store.connection, now);

  it("are taken once until they expire", () => {
    const nonces = taken(0n);
    expect(nonces.take("n", 100n, 50n)).toBe(true);
    expect(nonces.take("n", 100n, 50n)).toBe(false);
    expect(nonces.take("n", 200n, 100n)).toBe(false);
    expect(nonces.take("n", 200n, 101n)).toBe(true);
    expect(nonces.take("n", 300n, 200n)).toBe(false);
  });

  it("stay taken after a restart once they were recorded, and are forgotten when they expired", () => {
    const nonces = taken(0n);
    store.connection.write(() =>
      nonces.record(
        [
          { key: "n", expiresAt: 100n },
          { key: "m", expiresAt: 99n },
        ],
        50n,
      ),
    );
    reopen();
    const again = taken(100n);
    expect(again.take("n", 200n, 100n)).toBe(false);
    expect(again.take("m", 200n, 100n)).toBe(true);
    expect(store.connection.prepare("SELECT nonce_key FROM explorer_taken_nonces").all()).toEqual([
      ["n"],
    ]);
  });

  it("keep the later end when one is recorded twice", () => {
    const nonces = taken(0n);
    for (const expiresAt of [100n, 300n, 200n]) {
      store.connection.write(() => nonces.record([{ key: "n", expiresAt }], 0n));
    }
    expect(taken(300n).take("n", 400n, 300n)).toBe(false);
  });

  it("are refused when no more can be remembered, until some expire", () => {
    const nonces = taken(0n);
    for (let index = 0; index < MOST_NONCES; index += 1) {
      nonces.take(`n${index}`, index === 0 ? 10n : 100n, 0n);
    }
    expect(nonces.take("one more", 100n, 10n)).toBe(false);
    expect(nonces.take("one more", 100n, 11n)).toBe(true);
    expect(nonces.take("and another", 100n, 12n)).toBe(false);
  });
});

import { chmodSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryDirectory } from "../testing/data-directory.ts";
import {
  type Connection,
  integerAt,
  integerOrNullAt,
  isConstraintViolation,
  openForReading,
  openStoreFile,
  textAt,
  textOrNullAt,
} from "./sqlite.ts";

let directory: ReturnType<typeof temporaryDirectory>;
let store: Connection;
beforeEach(() => {
  directory = temporaryDirectory();
  store = openStoreFile(join(directory.path, "deep", "s.sqlite3"), {
    schema: ["CREATE TABLE IF NOT EXISTS t (n INTEGER, s TEXT UNIQUE)"],
  });
});
afterEach(() => {
  store.close();
  directory.remove();
});

const pragma = (name: string): unknown => store.prepare(`PRAGMA ${name}`).first()?.[0];

describe("a store's file", () => {
  it("syncs its log with every commit, and belongs to its owner alone", () => {
    expect([pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys")]).toEqual([
      "wal",
      2n,
      1n,
    ]);
    expect(statSync(store.path).mode & 0o777).toBe(0o600);
    expect(statSync(`${store.path}-wal`).mode & 0o077).toBe(0);
    expect(statSync(join(directory.path, "deep")).mode & 0o777).toBe(0o700);
  });

  it("is taken back from others when it is opened", () => {
    const path = join(directory.path, "open.sqlite3");
    writeFileSync(path, "");
    chmodSync(path, 0o666);
    openStoreFile(path, { schema: [] }).close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("keeps integers of 64 bits, and refuses larger ones before they are rounded", () => {
    const insert = store.prepare("INSERT INTO t (n) VALUES (?)");
    const most = 2n ** 63n - 1n;
    insert.run(most);
    insert.run(-most - 1n);
    expect(store.prepare("SELECT n FROM t ORDER BY n").all()).toEqual([[-most - 1n], [most]]);
    expect(() => insert.run(most + 1n)).toThrow(RangeError);
    expect(() => insert.run(-most - 2n)).toThrow(RangeError);
  });

  it("rolls a transaction back whole, and says what was refused", () => {
    const insert = store.prepare("INSERT INTO t (s) VALUES (?)");
    const count = store.prepare("SELECT COUNT(*) FROM t");
    let thrown: unknown = null;
    try {
      store.write(() => {
        insert.run("a");
        insert.run("a");
      });
    } catch (problem) {
      thrown = problem;
    }
    expect(isConstraintViolation(thrown)).toBe(true);
    expect(isConstraintViolation(new Error("disk full"))).toBe(false);
    expect(count.first()).toEqual([0n]);
    expect(store.write(() => insert.run("a"))).toBeUndefined();
    expect(count.first()).toEqual([1n]);
  });

  it("refuses one row without refusing the next", () => {
    const insert = store.prepare("INSERT INTO t (s) VALUES (?) RETURNING s");
    insert.first("a");
    for (let round = 0; round < 3; round += 1) {
      expect(() => insert.first("a")).toThrow(/UNIQUE/);
      expect(insert.first(`b${round}`)).toEqual([`b${round}`]);
    }
  });

  it("is whole without its write-ahead log once it is closed", () => {
    store.prepare("INSERT INTO t (n) VALUES (?)").run(7n);
    store.close();
    expect(statSync(`${store.path}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
    store = openStoreFile(store.path, { schema: [] });
    expect(store.prepare("SELECT n FROM t").all()).toEqual([[7n]]);
  });

  it("is not written by a reader", () => {
    const reader = openForReading(store.path);
    expect(() => reader.exec("INSERT INTO t (n) VALUES (1)")).toThrow(/readonly|read-only/i);
    expect(() => openForReading(join(directory.path, "absent"))).toThrow(/ENOENT/);
    reader.close();
  });
});

describe("a row", () => {
  it("is decoded: a column of another type is damage", () => {
    expect(textAt(["a"], 0)).toBe("a");
    expect(integerAt([1n], 0)).toBe(1n);
    expect([textOrNullAt([null], 0), integerOrNullAt([null], 0)]).toEqual([null, null]);
    expect(() => textAt([1n], 0)).toThrow(TypeError);
    expect(() => textAt([], 0)).toThrow(TypeError);
    expect(() => integerAt(["1"], 0)).toThrow(TypeError);
    expect(() => integerAt([1], 0)).toThrow(TypeError);
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { vectorsDirectory } from "@/kernel/testing/vectors.ts";
import { contentOf, expandAll, loadSqlite, recordsOf, sha256Hex } from "../testing/expand-all.ts";
import { createWal } from "../testing/wal.ts";
import { pageSizeOf, replayWal } from "./wal.ts";

/** The image of a real database made by these statements. */
async function imageOf(...statements: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const sqlite = await loadSqlite();
  const db = new sqlite.oo1.DB(":memory:");
  try {
    for (const statement of statements) db.exec(statement);
    return Uint8Array.from(sqlite.capi.sqlite3_js_db_export(db));
  } finally {
    db.close();
  }
}

const TOOL = `CREATE TABLE chio_tool_receipts (seq INTEGER PRIMARY KEY AUTOINCREMENT, receipt_id TEXT,
  timestamp INTEGER, capability_id TEXT, tool_server TEXT, tool_name TEXT, decision_kind TEXT,
  policy_hash TEXT, content_hash TEXT, raw_json TEXT, tenant_id TEXT)`;
const LOG = `CREATE TABLE claim_receipt_log_entries (entry_seq INTEGER PRIMARY KEY, receipt_id TEXT,
  receipt_kind TEXT, source_seq INTEGER, raw_json TEXT)`;

function receipt(id: string): string {
  const action = { tool_server: "s", tool_name: "t", policy_hash: "p", content_hash: "c" };
  const record = {
    id,
    timestamp: 5,
    capability_id: "cap",
    ...action,
    decision: { verdict: "allow" },
  };
  return JSON.stringify(record);
}

function insert(seq: number | string, id: string, raw = receipt(id)): string {
  const text = raw.replaceAll("'", "''");
  return `INSERT INTO chio_tool_receipts VALUES
    (${seq}, '${id}', 5, 'cap', 's', 't', 'allow', 'p', 'c', '${text}', NULL)`;
}

describe("tables", () => {
  it("writes receipts and log entries out as JSON with exact numbers", async () => {
    const image = await imageOf(
      TOOL,
      LOG,
      insert(1, "a"),
      insert("9223372036854775807", "b"),
      `INSERT INTO claim_receipt_log_entries VALUES (1, 'a', 'tool_receipt', 1, '${receipt("a")}'),
        (2, 'b', 'tool_receipt', 9223372036854775807, '${receipt("other")}')`,
    );
    const { members, findings, inputs } = await expandAll({ "store.sqlite3": image });
    expect(findings).toEqual([]);
    expect(inputs).toMatchObject([{ recognisedAs: "SQLite store", sha256: sha256Hex(image) }]);
    expect(
      members.map(({ path, collection, name, table }) => [path, collection, name, table]),
    ).toEqual(
      ["chio_tool_receipts", "claim_receipt_log_entries"].map((table) => [
        `store.sqlite3/${table}`,
        "store.sqlite3",
        table,
        table,
      ]),
    );
    const [tool, log] = await Promise.all(members.map(recordsOf));
    expect(tool).toEqual([
      `{"seq":1,"receipt":${receipt("a")}}`,
      `{"seq":9223372036854775807,"receipt":${receipt("b")}}`,
    ]);
    expect(log?.[0]).toBe(
      '{"entry_seq":1,"receipt_kind":"tool_receipt","source_seq":1,"receipt_id":"a"}',
    );
    expect(log?.[1]).toContain(`,"receipt":${receipt("other")}}`);
  });

  it("never lets a row close the wrapper that it is put in", async () => {
    const smuggled = '{"id":"a"},"receipt":{"id":"b"}';
    const image = await imageOf(
      TOOL,
      insert(1, "a", smuggled),
      insert(2, "b"),
      "INSERT INTO chio_tool_receipts (seq, raw_json) VALUES (3, CAST(x'7b22ff227d' AS TEXT)), (4, NULL)",
    );
    const { members } = await expandAll({ s: image });
    const records = await recordsOf(members[0] ?? expect.fail("no member"));
    expect(records).toEqual([
      smuggled,
      `{"seq":2,"receipt":${receipt("b")}}`,
      null,
      '{"seq":4,"receipt":null}',
    ]);
  });

  it("compares columns with the signed record", async () => {
    const image = await imageOf(
      TOOL,
      insert(1, "a"),
      insert(2, "b"),
      "UPDATE chio_tool_receipts SET decision_kind = 'deny', timestamp = 6, tenant_id = 'x' WHERE seq = 2",
    );
    const { findings } = await expandAll({ "s.db": image });
    expect(
      findings.map(({ code, path, line, expected, actual }) => [
        code,
        path,
        line,
        expected,
        actual,
      ]),
    ).toEqual([
      ["FMT-010", "s.db/chio_tool_receipts", 2, "timestamp 5", "timestamp 6"],
      ["FMT-010", "s.db/chio_tool_receipts", 2, "no tenant_id", "tenant_id x"],
      ["FMT-010", "s.db/chio_tool_receipts", 2, "decision.verdict allow", "decision_kind deny"],
    ]);
  });

  it("rebuilds checkpoints, budgets and revocations", async () => {
    const image = await imageOf(
      `CREATE TABLE kernel_checkpoints (id INTEGER PRIMARY KEY, checkpoint_seq INTEGER, merkle_root TEXT,
        statement_json TEXT, signature TEXT)`,
      `INSERT INTO kernel_checkpoints VALUES (1, 4, 'ab', '{"checkpoint_seq":4,"merkle_root":"0xab"}', 'cd')`,
      "CREATE TABLE revoked_capabilities (capability_id TEXT PRIMARY KEY, revoked_at INTEGER)",
      "INSERT INTO revoked_capabilities VALUES ('c\"1', 7)",
      "CREATE TABLE capability_grant_budgets (capability_id TEXT, total INTEGER, note TEXT)",
      "INSERT INTO capability_grant_budgets VALUES ('c', 9007199254740993, NULL)",
    );
    const { members, findings } = await expandAll({ s: image });
    expect(findings).toEqual([]);
    expect(await Promise.all(members.map(recordsOf))).toEqual([
      ['{"body":{"checkpoint_seq":4,"merkle_root":"0xab"},"signature":"cd"}'],
      ['{"capability_id":"c\\"1","revoked_at":7}'],
      [
        '{"table":"capability_grant_budgets","capability_id":"c","total":9007199254740993,"note":null}',
      ],
    ]);
  });

  it("reads no view, no virtual table and no generated column, and uses no index", async () => {
    const image = await imageOf(
      "CREATE VIEW chio_tool_receipts AS SELECT 1 AS seq, '{}' AS raw_json",
      "CREATE TABLE http_receipts (receipt_json TEXT GENERATED ALWAYS AS (hex(zeroblob(100000000))), n INTEGER)",
      "INSERT INTO http_receipts (n) VALUES (1)",
      "CREATE TABLE session_anchors (raw_json TEXT)",
      "INSERT INTO session_anchors VALUES ('{\"a\":1}')",
      "CREATE INDEX short ON session_anchors (CAST(raw_json AS BLOB)) WHERE raw_json IS NULL",
    );
    const { members } = await expandAll({ s: image });
    expect(members.map((member) => member.table)).toEqual(["session_anchors"]);
    expect(await recordsOf(members[0] ?? expect.fail("no member"))).toEqual(['{"a":1}']);
  });

  it("finds stores inside archives, and keeps a store without known tables as a file", async () => {
    const image = await imageOf(TOOL, insert(1, "a"));
    const other = await imageOf("CREATE TABLE t (x)");
    const { members, findings } = await expandAll({
      "e.zip": zipSync({ "log/s.db": image, "other.db": other }),
      "s.gz": gzipSync(image),
    });
    expect(findings).toEqual([]);
    expect(members.map(({ path, layout }) => [path, layout])).toEqual([
      ["e.zip/log/s.db/chio_tool_receipts", "rows"],
      ["e.zip/other.db", "binary"],
      ["s.gz/s/chio_tool_receipts", "rows"],
    ]);
  });

  it("neither throws nor hangs on a damaged store, and says so", async () => {
    const rows = Array.from({ length: 300 }, (_, n) => insert(n + 1, `r${n}`));
    const image = await imageOf(TOOL, LOG, ...rows);
    for (const lost of [100, 4096, 5000, 20_000, 60_000]) {
      const cut = await expandAll({ s: image.subarray(0, image.length - lost) });
      expect(cut.findings[0]?.code).toBe("FMT-011");
      for (const member of cut.members.filter((found) => found.table === "chio_tool_receipts")) {
        for (const text of await recordsOf(member))
          expect(text).toMatch(/^\{"seq":\d+,"receipt":\{"id":"r/);
      }
    }
    const head = await expandAll({ s: image.subarray(0, 50) });
    expect(head.findings).toMatchObject([{ code: "FMT-011" }]);
    let seed = 7;
    for (let round = 0; round < 150; round += 1) {
      const bytes = image.slice();
      for (let change = 0; change < 30; change += 1) {
        seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
        const page = (seed >>> 8) % (bytes.length / 4096);
        bytes[page * 4096 + ((seed >>> 3) % 128) + (page === 0 ? 16 : 0)] = seed >>> 24;
      }
      await expandAll({ s: bytes });
    }
  }, 60_000);
});

describe("write-ahead log", () => {
  async function walPair() {
    const before = await imageOf(TOOL, insert(1, "a"));
    const after = await imageOf(
      TOOL,
      insert(1, "a"),
      ...[2, 3, 4].map((seq) => insert(seq, `r${seq}`)),
    );
    before[18] = 2;
    before[19] = 2;
    return { before, after };
  }

  it("replays committed frames in either byte order", async () => {
    const { before, after } = await walPair();
    for (const littleEndian of [true, false]) {
      const wal = createWal(before, [after], { littleEndian });
      const replay = replayWal(before, wal);
      expect(replay.ignored).toBe(0);
      expect(replay.frames).toBe(after.length / pageSizeOf(after));
      expect(Buffer.from(replay.bytes).equals(Buffer.from(after))).toBe(true);
    }
  });

  it("stops at the last commit, and counts what it leaves", async () => {
    const { before, after } = await walPair();
    const wal = createWal(before, [after], {});
    const pages = after.length / pageSizeOf(after);
    const frame = 24 + pageSizeOf(after);
    expect(replayWal(before, wal.subarray(0, wal.length - 1))).toMatchObject({
      frames: 0,
      ignored: pages,
    });
    const flipped = wal.slice();
    flipped[32 + frame * (pages - 1) + 100] = (flipped[32 + frame * (pages - 1) + 100] ?? 0) ^ 1;
    expect(replayWal(before, flipped)).toMatchObject({ frames: 0, ignored: pages });
    const twice = createWal(before, [after, before], {});
    const secondCut = twice.subarray(0, twice.length - 10);
    const rest = before.length / pageSizeOf(before);
    expect(replayWal(before, secondCut)).toMatchObject({ frames: pages, ignored: rest });
    expect(Buffer.from(replayWal(before, secondCut).bytes).equals(Buffer.from(after))).toBe(true);
  });

  it("takes frames with older salts for what they are: leftovers", async () => {
    const { before, after } = await walPair();
    const fresh = createWal(before, [after], {});
    const old = createWal(before, [before], { salt: 1 });
    const reused = new Uint8Array(fresh.length + old.length - 32);
    reused.set(fresh);
    reused.set(old.subarray(32), fresh.length);
    expect(replayWal(before, reused).ignored).toBe(0);
  });

  it("bounds the size that a frame may ask for", async () => {
    const { before, after } = await walPair();
    const wal = createWal(before, [after], { sizeAfter: 0x7fffffff });
    expect(replayWal(before, wal)).toMatchObject({
      frames: 0,
      ignored: after.length / pageSizeOf(after),
    });
  });

  it("pairs a log with its store by name or page size, and reads the rows that only the log has", async () => {
    const { before, after } = await walPair();
    const wal = createWal(before, [after], {});
    for (const name of ["s.db-wal", "renamed"]) {
      const { members, findings, inputs } = await expandAll({ [name]: wal, "s.db": before });
      expect(findings).toEqual([]);
      expect(inputs.map((input) => input.recognisedAs)).toEqual([
        "write-ahead log",
        "SQLite store",
      ]);
      const rows = members.find((member) => member.table !== null) ?? expect.fail("no table");
      expect(await recordsOf(rows)).toHaveLength(4);
    }
  });

  it("says when no log was given, when frames were not read, and when a log has no store", async () => {
    const { before, after } = await walPair();
    const alone = await expandAll({ "s.db": before });
    expect(alone.findings).toEqual([]);
    expect(alone.inputs[0]?.recognisedAs).toBe("SQLite store (no write-ahead log given)");
    const wal = createWal(before, [after], {});
    const cut = await expandAll({ "s.db": before, "s.db-wal": wal.subarray(0, wal.length - 1) });
    expect(cut.findings).toMatchObject([{ code: "FMT-012", path: "s.db" }]);
    const orphan = await expandAll({ "s.db-wal": wal });
    expect(orphan.findings).toMatchObject([{ code: "FMT-012", path: "s.db-wal" }]);
    expect(orphan.members.map((member) => member.layout)).toEqual(["binary"]);
  });
});

describe.skipIf(vectorsDirectory() === null)("provider stores", () => {
  function store(name: string): Uint8Array {
    return readFileSync(join(vectorsDirectory() ?? "", "stores", `${name}.sqlite3`));
  }

  it("reads every receipt and log entry without a finding", async () => {
    const { members, findings, inputs } = await expandAll({ r: store("provider-receipts") });
    expect(findings).toEqual([]);
    expect(inputs[0]?.recognisedAs).toBe("SQLite store (no write-ahead log given)");
    const rows = Object.fromEntries(members.map((member) => [member.table, member.bounds?.length]));
    expect(rows).toMatchObject({
      chio_tool_receipts: 8,
      chio_child_receipts: 0,
      claim_receipt_log_entries: 8,
      capability_lineage: 4,
      kernel_checkpoints: 0,
    });
    const log = members.find((member) => member.table === "claim_receipt_log_entries");
    expect(await contentOf(log)).not.toContain('"receipt":');
  });

  it("reads budgets and revocations", async () => {
    const files = { b: store("provider-budgets"), v: store("provider-revocations") };
    const { members, findings } = await expandAll(files);
    expect(findings).toEqual([]);
    expect(members.map((member) => [member.table, member.bounds?.length])).toEqual([
      ["capability_grant_budgets", 3],
      ["budget_authorization_holds", 0],
      ["budget_mutation_events", 3],
      ["budget_replication_meta", 1],
      ["revoked_capabilities", 0],
    ]);
  });
});

import { createHash } from "node:crypto";
import type { Sqlite3Static } from "@sqlite.org/sqlite-wasm";
import { zipSync } from "fflate";
import { sign } from "@/kernel/crypto/ed25519.ts";
import { sha256 } from "@/kernel/crypto/sha256.ts";
import { loadSqlite } from "@/lib/cli/node-sqlite.ts";
import { evidenceFolder } from "@/lib/demo/evidence.ts";
import { demoKernelA } from "@/lib/demo/log.ts";
import type { DemoForm } from "@/lib/demo/receipt.ts";
import {
  type Artifact,
  type FileOfLines,
  fileOf,
  type Line,
  line,
  type PlainFile,
} from "./artifact.ts";
import { canon, isRecord, type Json, type JsonRecord, parse } from "./json.ts";
import type { Role } from "./oracle.ts";
import { hashJson, signPlain, signText, testKey, without } from "./signing.ts";

export const CLASSES = [
  "pre-v1 log",
  "v1 log",
  "documentation log",
  "child receipts",
  "http receipts",
  "statement v1",
  "statement v2",
  "inclusion proofs",
  "anchor proof",
  "consistency proofs",
  "tokens",
  "manifest",
  "store",
  "evidence zip",
] as const;
export type ClassName = (typeof CLASSES)[number];

const RECEIPTS = 6;
const BATCH = 2;
const SIGNER = testKey("kernel");
const ports = {
  primitives: { sha256, utf8: (text: string) => new TextEncoder().encode(text) },
  sign,
};
const asIs = async (files: readonly PlainFile[]): Promise<readonly PlainFile[]> => files;

function trustText(...keys: readonly string[]): string {
  const roles = ["kernel", "checkpoint", "capability_authority"];
  return JSON.stringify({
    schema: "chio-explorer.trust.v1",
    keys: [...new Set(keys)].flatMap((key) =>
      roles.map((role) => ({
        role,
        key,
        valid_from: null,
        valid_until: null,
        retired_at: null,
        note: "test",
      })),
    ),
  });
}

/** The artifact of that class: small, valid, and the same each time. */
export async function artifactOf(name: ClassName): Promise<Artifact> {
  switch (name) {
    case "pre-v1 log":
      return looseLog(name, "pre-v1");
    case "v1 log":
      return looseLog(name, "v1");
    case "documentation log":
      return looseLog(name, "documentation");
    case "child receipts":
      return loose(name, "child", childReceipts());
    case "http receipts":
      return loose(name, "http", httpReceipts());
    case "tokens":
      return loose(name, "token", tokens(), [AUTHORITY.hex, MIDDLE.hex]);
    case "anchor proof":
      return anchor(name);
    case "statement v1":
      return fromEvidence(name, 1, "checkpoint", "checkpoints.ndjson", true);
    case "statement v2":
      return fromEvidence(name, 2, "checkpoint", "checkpoints.ndjson", true);
    case "inclusion proofs":
      return fromEvidence(name, 2, "proof", "inclusion-proofs.ndjson", false);
    case "consistency proofs":
      return fromEvidence(name, 2, "consistency", "checkpoint-consistency-proofs.ndjson", false);
    case "manifest":
      return manifest(name);
    case "store":
      return store(name);
    case "evidence zip":
      return zipped(name);
  }
}

async function folder(form: DemoForm, statement: 1 | 2): Promise<ReadonlyMap<string, string>> {
  const signers = [{ from: 1, key: demoKernelA() }];
  const options = { receipts: RECEIPTS, seed: 11, batch: BATCH, form, statement, signers };
  return evidenceFolder(options, ports);
}

function receiptLines(text: string, role: Role): Line[] {
  return text
    .split("\n")
    .filter((row) => row !== "")
    .map((row) => {
      const split = row.indexOf('"receipt":') + '"receipt":'.length;
      return line(role, row.slice(split, -1), row.slice(0, split), "}");
    });
}

function plainLines(text: string | undefined, role: Role): Line[] {
  return (text ?? "").split("\n").flatMap((row) => (row === "" ? [] : [line(role, row)]));
}

function allOf(file: number, lines: readonly Line[]): { file: number; line: number }[] {
  return lines.map((_, index) => ({ file, line: index }));
}

async function looseLog(name: ClassName, form: DemoForm): Promise<Artifact> {
  const files = await folder(form, 2);
  const lines = receiptLines(files.get("receipts.ndjson") ?? "", form);
  return {
    name,
    files: [fileOf("receipts.ndjson", lines)],
    focus: allOf(0, lines),
    trust: trustText(demoKernelA().key),
    signed: true,
    checkpointed: false,
    pack: asIs,
  };
}

function loose(
  name: ClassName,
  role: Role,
  records: readonly JsonRecord[],
  keys: readonly string[] = [SIGNER.hex],
): Artifact {
  const lines = records.map((record) => line(role, JSON.stringify(record)));
  return {
    name,
    files: [fileOf(`${role}.ndjson`, lines)],
    focus: allOf(0, lines),
    trust: trustText(...keys),
    signed: true,
    checkpointed: false,
    pack: asIs,
  };
}

/** Receipts, checkpoints and the records beside them, loose: the manifest is judged apart. */
async function fromEvidence(
  name: ClassName,
  statement: 1 | 2,
  role: Role,
  focus: string,
  signed: boolean,
): Promise<Artifact> {
  const from = await folder("v1", statement);
  const names = [
    "receipts.ndjson",
    "checkpoints.ndjson",
    "inclusion-proofs.ndjson",
    "checkpoint-consistency-proofs.ndjson",
  ];
  const files = names.map((one) => {
    const text = from.get(one) ?? "";
    if (one === "receipts.ndjson") {
      return fileOf(one, receiptLines(text, "v1"));
    }
    return fileOf(one, plainLines(text, one === focus ? role : "other"));
  });
  const at = names.indexOf(focus);
  return {
    name,
    files,
    focus: allOf(at, files[at]?.lines ?? []),
    trust: trustText(demoKernelA().key),
    signed,
    checkpointed: true,
    pack: asIs,
  };
}

async function manifest(name: ClassName): Promise<Artifact> {
  const from = await folder("v1", 2);
  const files: FileOfLines[] = [...from].map(([path, text]) =>
    path === "manifest.json"
      ? { ...fileOf(`export/${path}`, [line("manifest", text)]), end: "" }
      : { name: `export/${path}`, lines: [line("other", text)], mark: "", end: "" },
  );
  const at = files.findIndex((file) => file.name.endsWith("manifest.json"));
  return {
    name,
    files,
    focus: [{ file: at, line: 0 }],
    trust: trustText(demoKernelA().key),
    signed: false,
    checkpointed: true,
    pack: asIs,
  };
}

async function zipped(name: ClassName): Promise<Artifact> {
  const from = await folder("v1", 2);
  const files = [...from].map(([path, text]): FileOfLines => {
    if (path === "receipts.ndjson") {
      return fileOf(path, receiptLines(text, "v1"));
    }
    return { name: path, lines: [line("other", text)], mark: "", end: "" };
  });
  const at = files.findIndex((file) => file.name === "receipts.ndjson");
  return {
    name,
    files,
    focus: allOf(at, files[at]?.lines ?? []),
    trust: trustText(demoKernelA().key),
    signed: true,
    checkpointed: true,
    pack: async (plain) => [{ path: "evidence.zip", bytes: zip(plain) }],
  };
}

/** The archive, with a manifest of what it holds now: whoever changes a file can stamp it anew. */
function zip(files: readonly PlainFile[]): Uint8Array {
  const entries: Record<string, Uint8Array> = {};
  for (const file of files) {
    entries[file.path] = file.path === "manifest.json" ? restamped(file, files) : file.bytes;
  }
  return zipSync(entries, { level: 1 });
}

function restamped(stamp: PlainFile, files: readonly PlainFile[]): Uint8Array {
  const value = parse(new TextDecoder().decode(stamp.bytes));
  const listed = isRecord(value) ? value["files"] : undefined;
  if (!isRecord(value) || !Array.isArray(listed)) {
    return stamp.bytes;
  }
  const anew = listed.map((entry): Json => {
    const file = files.find((one) => isRecord(entry) && one.path === entry["path"]);
    return file === undefined
      ? entry
      : {
          path: file.path,
          sha256: createHash("sha256").update(file.bytes).digest("hex"),
          bytes: file.bytes.length,
        };
  });
  return new TextEncoder().encode(JSON.stringify({ ...value, files: anew }));
}

async function store(name: ClassName): Promise<Artifact> {
  const from = await folder("v1", 2);
  const receipts = receiptLines(from.get("receipts.ndjson") ?? "", "v1");
  const checkpoints = plainLines(from.get("checkpoints.ndjson"), "checkpoint");
  const sqlite = await loadSqlite();
  return {
    name,
    files: [fileOf("receipts", receipts), fileOf("checkpoints", checkpoints)],
    focus: [...allOf(0, receipts), ...allOf(1, checkpoints)],
    trust: trustText(demoKernelA().key),
    signed: true,
    checkpointed: true,
    pack: async (plain) => [{ path: "receipts.sqlite3", bytes: database(sqlite, plain) }],
  };
}

const TABLES = `
  CREATE TABLE chio_tool_receipts (seq INTEGER PRIMARY KEY AUTOINCREMENT, receipt_id TEXT, raw_json TEXT NOT NULL);
  CREATE TABLE kernel_checkpoints (id INTEGER PRIMARY KEY AUTOINCREMENT, checkpoint_seq INTEGER,
    statement_json TEXT NOT NULL, signature TEXT NOT NULL, kernel_key TEXT NOT NULL);`;

function database(sqlite: Sqlite3Static, files: readonly PlainFile[]): Uint8Array {
  const db = new sqlite.oo1.DB(":memory:");
  try {
    db.exec(TABLES);
    const taken = new Set<number>();
    const again: string[] = [];
    const insert = (seq: number | null, json: string): void => {
      const sql = "INSERT INTO chio_tool_receipts (seq, raw_json) VALUES (?, ?)";
      db.exec({ sql, bind: [seq, json] });
    };
    for (const row of rows(files, "receipts")) {
      const wrapper = /^\ufeff?\{"seq":(\d+),"receipt":(.*?)\}?\r?$/s.exec(row);
      const seq = Number(wrapper?.[1] ?? 0);
      if (seq === 0 || taken.has(seq)) {
        again.push(wrapper?.[2] ?? row);
      } else {
        taken.add(seq);
        insert(seq, wrapper?.[2] ?? row);
      }
    }
    for (const json of again) {
      insert(null, json);
    }
    for (const row of rows(files, "checkpoints")) {
      const value = parse(row);
      const body = isRecord(value) && isRecord(value["body"]) ? value["body"] : null;
      const text = (inner: Json | undefined): string =>
        typeof inner === "string" ? inner : JSON.stringify(inner ?? "");
      db.exec({
        sql: "INSERT INTO kernel_checkpoints (checkpoint_seq, statement_json, signature, kernel_key) VALUES (?, ?, ?, ?)",
        bind: [
          typeof body?.["checkpoint_seq"] === "number" ? body["checkpoint_seq"] : 0,
          body === null ? row : canon(body),
          isRecord(value) ? text(value["signature"]) : "",
          text(body?.["kernel_key"]),
        ],
      });
    }
    return sqlite.capi.sqlite3_js_db_export(db);
  } finally {
    db.close();
  }
}

function rows(files: readonly PlainFile[], name: string): string[] {
  const file = files.find((one) => one.path === name);
  return file === undefined
    ? []
    : new TextDecoder()
        .decode(file.bytes)
        .split("\n")
        .filter((row) => row !== "");
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

function childReceipts(): JsonRecord[] {
  return range(RECEIPTS).map((n) =>
    signPlain(
      {
        id: `child-rcpt-${n}`,
        timestamp: 1_776_269_200 + n,
        session_id: "sess-1",
        parent_request_id: "req-1",
        request_id: `req-1-${n}`,
        operation_kind: n % 2 === 0 ? "tool_call" : "create_message",
        terminal_state:
          n === 3 ? { state: "cancelled", reason: "withdrawn" } : { state: "completed" },
        outcome_hash: hashJson({ outcome: "result", result: n }),
        policy_hash: hashJson("policy"),
        metadata: { surface: "demo", n },
        kernel_key: SIGNER.hex,
      },
      SIGNER,
    ),
  );
}

function httpReceipts(): JsonRecord[] {
  return range(RECEIPTS).map((n) =>
    signPlain(
      {
        id: `http-rcpt-${n}`,
        request_id: `req-${n}`,
        route_pattern: "/orders/{id}",
        method: n % 2 === 0 ? "GET" : "POST",
        caller_identity_hash: hashJson(`caller ${n}`),
        session_id: "sess-2",
        verdict:
          n === 4
            ? { verdict: "deny", reason: "no capability", guard: "scope-match", http_status: 403 }
            : { verdict: "allow" },
        evidence: [{ guard_name: "scope-match", verdict: n !== 4 }],
        response_status: n === 4 ? 403 : 200,
        timestamp: 1_776_269_300 + n,
        content_hash: hashJson(`content ${n}`),
        policy_hash: hashJson("policy"),
        capability_id: "cap-http-1",
        metadata: { chio_http_status_scope: "final" },
        kernel_key: SIGNER.hex,
      },
      SIGNER,
    ),
  );
}

const AUTHORITY = testKey("authority");
const MIDDLE = testKey("middle");

function tokens(): JsonRecord[] {
  return range(4).map((n) => {
    const subject = testKey(`subject ${n}`).hex;
    const link = signPlain(
      {
        capability_id: `cap-${n}`,
        delegator: AUTHORITY.hex,
        delegatee: MIDDLE.hex,
        attenuations: [{ type: "remove_tool", server_id: "files", tool_name: "delete" }],
        timestamp: 1_776_269_000 + n,
      },
      AUTHORITY,
    );
    const second = signPlain(
      {
        capability_id: `cap-${n}`,
        delegator: MIDDLE.hex,
        delegatee: subject,
        attenuations: [{ type: "shorten_expiry", new_expires_at: 1_776_270_000 }],
        timestamp: 1_776_269_010 + n,
      },
      MIDDLE,
    );
    const body: JsonRecord = {
      schema: "chio.capability.v1",
      id: `cap-${n}`,
      issuer: AUTHORITY.hex,
      subject,
      scope: {
        grants: [
          {
            server_id: "files",
            tool_name: "read",
            operations: ["invoke", "read_result"],
            constraints: [{ type: "path_prefix", value: "/workspace/" }],
            max_invocations: 3,
          },
        ],
      },
      issued_at: 1_776_269_020,
      expires_at: 1_776_280_000,
      ...(n % 2 === 0 ? { delegation_chain: [link, second] } : {}),
    };
    return signPlain(body, AUTHORITY);
  });
}

/** The pre-v1 anchor convention: the leaf is the receipt without its signature, the statement is flat. */
async function anchor(name: ClassName): Promise<Artifact> {
  const files = await folder("pre-v1", 1);
  const lines = receiptLines(files.get("receipts.ndjson") ?? "", "pre-v1")
    .slice(0, 4)
    .map((one, index) => {
      const receipt = parse(one.text);
      const leaf = isRecord(receipt) ? canon(without(receipt, "signature", "algorithm")) : "";
      const root = `0x${createHash("sha256").update("\u0000").update(leaf).digest("hex")}`;
      const body: JsonRecord = {
        schema: "chio.checkpoint_statement.v1",
        checkpoint_seq: 40 + index,
        batch_start_seq: 100 * index + 1,
        batch_end_seq: 100 * index + 100,
        tree_size: 1,
        merkle_root: root,
        issued_at: 1_776_270_000 + index,
        kernel_key: SIGNER.hex,
      };
      const record: JsonRecord = {
        schema: "chio.anchor-inclusion-proof.v1",
        receipt: receipt ?? null,
        receipt_inclusion: {
          checkpoint_seq: 40 + index,
          merkle_root: root,
          proof: { tree_size: 1, leaf_index: 0, audit_path: [] },
        },
        checkpoint_statement: { ...body, signature: signText(SIGNER, canon(body)) },
      };
      return line("anchor", JSON.stringify(record));
    });
  const own = lines.map((one, index) => fileOf(`anchor-${index}.json`, [one]));
  return {
    name,
    files: own,
    focus: own.map((_, file) => ({ file, line: 0 })),
    trust: trustText(demoKernelA().key, SIGNER.hex),
    signed: true,
    checkpointed: false,
    pack: asIs,
  };
}

/** What a store holds, as SQLite itself reads it; a sentence where it cannot. */
export async function rowsOfStore(bytes: Uint8Array): Promise<string> {
  const sqlite = await loadSqlite();
  const { capi, wasm } = sqlite;
  const db = new sqlite.oo1.DB(":memory:");
  try {
    const place = wasm.allocFromTypedArray(bytes);
    const flags = capi.SQLITE_DESERIALIZE_FREEONCLOSE | capi.SQLITE_DESERIALIZE_READONLY;
    db.checkRc(capi.sqlite3_deserialize(db, "main", place, bytes.length, bytes.length, flags));
    const receipts = db.selectArrays("SELECT seq, raw_json FROM chio_tool_receipts ORDER BY seq");
    const checkpoints = db.selectArrays(
      "SELECT statement_json, signature FROM kernel_checkpoints ORDER BY id",
    );
    return JSON.stringify([receipts, checkpoints]);
  } catch {
    return "cannot be read";
  } finally {
    db.close();
  }
}

import { expect, test } from "vitest";
import { sign } from "@/kernel/crypto/ed25519.ts";
import { sha256 } from "@/kernel/crypto/sha256.ts";
import { evidenceFolder } from "@/lib/demo/evidence.ts";
import { demoKey } from "@/lib/demo/keys.ts";
import { seededRandom } from "@/lib/demo/random.ts";
import type { Verdict } from "@/lib/verification/report.ts";
import {
  type Artifact,
  type FileOfLines,
  line,
  lineAt,
  type PlainFile,
  withLine,
} from "./support/artifact.ts";
import { artifactOf, type ClassName } from "./support/classes.ts";
import { canon, isRecord, type Json, type JsonRecord, parse } from "./support/json.ts";
import { mutate } from "./support/mutations.ts";
import { trustOf, verdictOn, verdictOnArtifact } from "./support/run.ts";
import {
  hashJson,
  signContentAddressed,
  signPlain,
  signText,
  testKey,
  without,
} from "./support/signing.ts";

/**
 * For each check, a change that it alone can find: every other signature, hash and link is made to fit.
 * A build with any one check disabled fails here.
 */
const KEY = testKey("kernel");

function errorsOf({ report }: Verdict): string[] {
  return [
    ...new Set(report.findings.flatMap((one) => (one.severity === "error" ? [one.code] : []))),
  ].sort();
}

async function errorsIn(
  records: readonly JsonRecord[],
  trust: string | null = null,
): Promise<string[]> {
  const text = records.map((record) => `${JSON.stringify(record)}\n`).join("");
  const file: PlainFile = { path: "records.ndjson", bytes: new TextEncoder().encode(text) };
  return errorsOf(await verdictOn([file], trust === null ? null : trustOf(trust)));
}

function record(artifact: Artifact, index = 0, file = 0): JsonRecord {
  const value = parse(lineAt(artifact, { file, line: index }).text);
  if (!isRecord(value)) {
    throw new RangeError("an artifact's line is an object");
  }
  return value;
}

async function changed(
  name: ClassName,
  file: string,
  index: number,
  change: (value: JsonRecord) => JsonRecord,
  keep: (file: FileOfLines) => boolean = () => true,
): Promise<string[]> {
  const artifact = await artifactOf(name);
  const files = artifact.files.filter(keep);
  const at = files.findIndex((one) => one.name === file);
  const place = { file: at, line: index };
  const old = files[at]?.lines[index];
  const value = old === undefined ? undefined : parse(old.text);
  if (old === undefined || !isRecord(value)) {
    throw new RangeError(`no record ${index} in ${file}`);
  }
  const next = withLine(files, place, { ...old, text: JSON.stringify(change(value)) });
  return errorsOf(await verdictOnArtifact(artifact, next, null));
}

const CHAIN_KEY = demoKey("kernel-a");

function signStatement(value: JsonRecord, edit: JsonRecord): JsonRecord {
  const body = { ...(isRecord(value["body"]) ? value["body"] : {}), ...edit };
  const signature = Buffer.from(
    sign(CHAIN_KEY.seed, new TextEncoder().encode(canon(body))),
  ).toString("hex");
  return { body, signature };
}

test("signature: a changed member of a child receipt", async () => {
  const child = record(await artifactOf("child receipts"));
  expect(await errorsIn([{ ...child, session_id: "sess-9" }])).toEqual(["SIG-002"]);
});

test("signature: one that cannot be read", async () => {
  const child = record(await artifactOf("child receipts"));
  expect(await errorsIn([{ ...child, signature: "none" }])).toEqual(["SIG-001"]);
});

test("id: signed together with the id of another content", async () => {
  const body = without(record(await artifactOf("v1 log")), "id", "signature");
  const own = { ...body, kernel_key: KEY.hex };
  const id = hashJson("another content");
  const receipt = { id, ...own, signature: signText(KEY, canon({ body: own, id })) };
  expect(await errorsIn([receipt])).toEqual(["HSH-002"]);
});

test("parameter hash: signed, and not that of the parameters", async () => {
  const receipt = without(record(await artifactOf("pre-v1 log")), "signature");
  const action = { parameters: { amount: "1.00" }, parameter_hash: hashJson({ amount: "2.00" }) };
  expect(await errorsIn([signPlain({ ...receipt, action, kernel_key: KEY.hex }, KEY)])).toEqual([
    "HSH-001",
  ]);
});

test("coherence: kind and boundary that do not belong together, signed", async () => {
  const body = without(record(await artifactOf("v1 log")), "id", "signature");
  const receipt = signContentAddressed(
    { ...body, boundary_class: "detect_only", kernel_key: KEY.hex },
    KEY,
  );
  expect(await errorsIn([receipt])).toEqual(["SIG-003"]);
});

test("weak key: a signature that fits every message", async () => {
  const identity = `01${"00".repeat(31)}`;
  const child = without(record(await artifactOf("child receipts")), "signature");
  const forged = { ...child, kernel_key: identity, signature: `${identity}${"00".repeat(32)}` };
  expect(await errorsIn([forged])).toEqual(["KEY-002"]);
});

test("delegation: a link that its delegator did not sign", async () => {
  const token = without(record(await artifactOf("tokens"), 1), "signature");
  const [first, second] = Array.isArray(token["delegation_chain"]) ? token["delegation_chain"] : [];
  const forged = { ...(isRecord(first) ? first : {}), timestamp: 1 };
  const authority = testKey("authority");
  const chain: Json[] = [forged, second ?? null];
  expect(await errorsIn([signPlain({ ...token, delegation_chain: chain }, authority)])).toEqual([
    "SIG-009",
  ]);
});

test("inclusion: a path that leads elsewhere", async () => {
  const codes = await changed("inclusion proofs", "inclusion-proofs.ndjson", 0, (value) => ({
    ...value,
    proof: { tree_size: 2, leaf_index: 0, audit_path: [`0x${"ab".repeat(32)}`] },
  }));
  expect(codes).toEqual(["INC-001"]);
});

test("inclusion: a proof that contradicts the checkpoint it names", async () => {
  const codes = await changed("inclusion proofs", "inclusion-proofs.ndjson", 0, (value) => ({
    ...value,
    merkle_root: `0x${"ab".repeat(32)}`,
  }));
  expect(codes).toEqual(["INC-002"]);
});

const onlyLog = (file: FileOfLines): boolean =>
  ["receipts.ndjson", "checkpoints.ndjson"].includes(file.name);

test("root: a signed checkpoint over other receipts", async () => {
  const edit = { merkle_root: `0x${"cd".repeat(32)}` };
  const codes = await changed(
    "statement v1",
    "checkpoints.ndjson",
    2,
    (value) => signStatement(value, edit),
    onlyLog,
  );
  expect(codes).toEqual(["CKP-002"]);
});

test("chain: a signed checkpoint that names another predecessor", async () => {
  const edit = { previous_checkpoint_sha256: "ef".repeat(32) };
  const codes = await changed(
    "statement v1",
    "checkpoints.ndjson",
    2,
    (value) => signStatement(value, edit),
    onlyLog,
  );
  expect(codes).toEqual(["CKP-003"]);
});

test("statement: a signed checkpoint whose size is not its range's", async () => {
  const codes = await changed(
    "statement v1",
    "checkpoints.ndjson",
    2,
    (value) => signStatement(value, { tree_size: 9 }),
    onlyLog,
  );
  expect(codes).toContain("CKP-001");
});

test("chain root: a signed one that is not the root of the statements", async () => {
  const edit = { chain_root: `0x${"12".repeat(32)}` };
  const codes = await changed(
    "statement v2",
    "checkpoints.ndjson",
    2,
    (value) => signStatement(value, edit),
    onlyLog,
  );
  expect(codes).toEqual(["CKP-005"]);
});

test("consistency: a proof that does not hold", async () => {
  const codes = await changed(
    "consistency proofs",
    "checkpoint-consistency-proofs.ndjson",
    1,
    (value) => ({
      ...value,
      chain_proof_hashes: [`0x${"34".repeat(32)}`],
    }),
  );
  expect(codes).toEqual(["CKP-005"]);
});

test("gap: a checkpoint and everything that names it removed", async () => {
  const artifact = await artifactOf("statement v2");
  const removed = mutate("remove a checkpoint", artifact, seededRandom(1));
  const verdict = await verdictOnArtifact(artifact, removed?.files ?? [], null);
  expect(errorsOf(verdict)).toContain("CKP-004");
  expect(errorsOf(verdict).filter((code) => !["CKP-004", "SEQ-001"].includes(code))).toEqual([]);
  expect(verdict.report.questions.complete.answer).toBe("no");
});

test("equivocation: one number, two statements under one key", async () => {
  const artifact = await artifactOf("statement v1");
  const at = artifact.files.findIndex((file) => file.name === "checkpoints.ndjson");
  const last = record(artifact, 2, at);
  const twin = signStatement(last, { issued_at: 1_900_000_000 });
  const files = artifact.files
    .filter(onlyLog)
    .map((file) =>
      file.name === "checkpoints.ndjson"
        ? { ...file, lines: [...file.lines, line("other", JSON.stringify(twin))] }
        : file,
    );
  expect(errorsOf(await verdictOnArtifact(artifact, files, null))).toEqual(["EQV-001"]);
});

test("conflict: one id, two contents, both signed", async () => {
  const receipt = without(record(await artifactOf("pre-v1 log")), "signature");
  const one = signPlain({ ...receipt, kernel_key: KEY.hex }, KEY);
  const two = signPlain({ ...receipt, kernel_key: KEY.hex, tool_server: "elsewhere" }, KEY);
  expect(await errorsIn([one, two])).toEqual(["SEQ-004"]);
});

test("duplicate key: even with one value", async () => {
  const child = lineAt(await artifactOf("child receipts"), { file: 0, line: 0 }).text;
  const twice = child.replace("{", '{"session_id":"sess-1",');
  const file = { path: "twice.json", bytes: new TextEncoder().encode(twice) };
  expect(errorsOf(await verdictOn([file], null))).toEqual(["FMT-001"]);
});

const PORTS = {
  primitives: { sha256, utf8: (text: string) => new TextEncoder().encode(text) },
  sign,
};

async function folderFiles(edit: (files: Map<string, string>) => void): Promise<PlainFile[]> {
  const signers = [{ from: 1, key: CHAIN_KEY }];
  const options = { receipts: 4, seed: 3, batch: 2, form: "v1", statement: 2, signers } as const;
  const files = new Map(await evidenceFolder(options, PORTS));
  edit(files);
  return [...files].map(([path, text]) => ({
    path: `folder/${path}`,
    bytes: PORTS.primitives.utf8(text),
  }));
}

test("manifest: a listed file that is another", async () => {
  const files = await folderFiles((map) => map.set("README.txt", "other words\n"));
  expect(errorsOf(await verdictOn(files, null))).toEqual(["MAN-001"]);
});

test("manifest: a listed file that is absent", async () => {
  const files = await folderFiles((map) => map.delete("README.txt"));
  expect(errorsOf(await verdictOn(files, null))).toEqual(["MAN-003"]);
});

test("manifest: counts that are not the files'", async () => {
  const files = await folderFiles((map) =>
    map.set(
      "manifest.json",
      (map.get("manifest.json") ?? "").replace('"toolReceipts": 4', '"toolReceipts": 5'),
    ),
  );
  expect(errorsOf(await verdictOn(files, null))).toEqual(["MAN-004"]);
});

function trustFor(entry: JsonRecord): string {
  const bounds = { valid_from: null, valid_until: null, retired_at: null, note: "" };
  return JSON.stringify({
    schema: "chio-explorer.trust.v1",
    keys: [{ role: "kernel", key: KEY.hex, ...bounds, ...entry }],
  });
}

test("trust: a signer that is not pinned, outside its window, or pinned for another role", async () => {
  const child = record(await artifactOf("child receipts"));
  const time = Number(child["timestamp"]);
  expect(await errorsIn([child], trustFor({}))).toEqual([]);
  expect(await errorsIn([child], trustFor({ key: testKey("other").hex }))).toEqual(["KEY-001"]);
  expect(await errorsIn([child], trustFor({ valid_until: time }))).toEqual(["KEY-003"]);
  expect(await errorsIn([child], trustFor({ valid_until: time + 1 }))).toEqual([]);
  expect(await errorsIn([child], trustFor({ retired_at: time }))).toEqual(["KEY-003"]);
  expect(await errorsIn([child], trustFor({ valid_from: time + 1 }))).toEqual(["KEY-003"]);
  expect(await errorsIn([child], trustFor({ role: "checkpoint" }))).toEqual(["KEY-005"]);
});

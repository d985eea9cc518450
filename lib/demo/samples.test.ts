import { beforeAll, expect, test } from "vitest";
import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { toHex, utf8 } from "@/kernel/encoding.ts";
import { asText, isObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { SAMPLES } from "@/lib/display/samples.ts";
import { makeLog } from "./make-log.ts";
import { linesOf, numberOf, recordOf } from "./manifest.ts";
import type { DemoPorts } from "./ports.ts";
import { buildSample, type Sample } from "./samples.ts";
import { buildWalkthrough } from "./walkthrough.ts";
import { webSign } from "./web-sign.ts";

let ports: DemoPorts;
beforeAll(async () => {
  ports = { primitives: nodePlatform().primitives, sign: await webSign() };
});

const file = (sample: Sample, end: string): readonly string[] =>
  sample.files.filter((one) => one.path.endsWith(end)).flatMap((one) => linesOf(one.text));
const at = (value: JsonValue, path: readonly string[]): JsonValue | undefined =>
  path.reduce<JsonValue | undefined>(
    (inner, name) => (isObject(inner) ? member(inner, name) : undefined),
    value,
  );
const digest = (sample: Sample): string =>
  toHex(purePrimitives.sha256(utf8(sample.files.map((one) => one.path + one.text).join("\n"))));

test("the samples hold what the page says that they hold", async () => {
  for (const facts of SAMPLES) {
    const sample = await buildSample(facts.name, ports);
    expect(file(sample, "/receipts.ndjson").length, facts.name).toBe(facts.receipts);
    expect(file(sample, "/checkpoints.ndjson").length, facts.name).toBe(facts.checkpoints);
  }
});

test("a sample is the same, byte for byte, each time", async () => {
  expect(digest(await buildSample("changed", ports))).toBe(
    digest(await buildSample("changed", ports)),
  );
});

test("the changed sample differs from the clean one in one amount, and the loose file has the original", async () => {
  const clean = file(await buildSample("clean", ports), "/receipts.ndjson");
  const sample = await buildSample("changed", ports);
  const changed = file(sample, "/receipts.ndjson");
  const different = clean.flatMap((line, index) => (line === changed[index] ? [] : [index + 1]));
  expect(different).toEqual([803]);
  expect(changed[802]).toBe(clean[802]?.replace('"120.00"', '"12000.00"'));
  expect(file(sample, "export-B.ndjson")).toEqual(clean.slice(500, 1499));
});

test("nothing in the clean sample follows from a denied call", async () => {
  const lines = file(await buildSample("clean", ports), "/receipts.ndjson");
  const denied = new Set<string>();
  const named: string[] = [];
  for (const line of lines) {
    const text = (...path: readonly string[]): string => asText(at(recordOf(line), path)) ?? "";
    if (text("receipt", "decision", "verdict") === "deny") {
      denied.add(text("receipt", "id"));
    }
    named.push(
      text("receipt", "metadata", "governed_transaction", "call_chain", "parentReceiptId"),
    );
  }
  expect(denied.size).toBeGreaterThan(50);
  expect(named.filter((id) => id !== "").length).toBeGreaterThan(1_000);
  expect(named.filter((id) => denied.has(id))).toEqual([]);
});

test("the forked sample parts at checkpoint 22", async () => {
  const sample = await buildSample("forked", ports);
  const [ours, theirs] = sample.files
    .filter((one) => one.path.endsWith("/checkpoints.ndjson"))
    .map((one) => linesOf(one.text));
  expect(ours?.slice(0, 21)).toEqual(theirs?.slice(0, 21));
  expect(ours?.[21]).not.toBe(theirs?.[21]);
});

test("the walkthrough is the auditor's case", async () => {
  const { evidence, copy, truth } = await buildWalkthrough(ports);
  const lines = (name: string): readonly string[] =>
    linesOf(evidence.find((one) => one.path.endsWith(`/${name}`))?.text);
  const seqs = lines("receipts.ndjson").map((line) => numberOf(member(recordOf(line), "seq")));
  expect(seqs.length).toBe(truth.receipts);
  expect(truth.receipts).toBe(3792);
  expect(
    seqs.includes(1600) && seqs.includes(1701) && !seqs.includes(1601) && !seqs.includes(1700),
  ).toBe(true);
  const checkpoints = lines("checkpoints.ndjson").map((line) => {
    const body = member(recordOf(line), "body");
    return isObject(body) ? numberOf(member(body, "checkpoint_seq")) : 0;
  });
  expect(checkpoints.length).toBe(37);
  expect(checkpoints.includes(17)).toBe(false);
  expect(lines("inclusion-proofs.ndjson").length).toBe(3700);
  expect(linesOf(copy.text).length).toBe(1000);
  expect(truth).toMatchObject({ copySame: 996, copyNotUnderstood: 3, uncheckpointed: 92 });
});

test("a log of any size comes in chunks, the checkpoints last", async () => {
  const counted = new Map<string, number>();
  let last = "";
  for await (const chunk of makeLog(250, ports)) {
    counted.set(chunk.path, (counted.get(chunk.path) ?? 0) + linesOf(chunk.text).length);
    last = chunk.path;
  }
  expect(last).toBe("demo-log-250/checkpoints.ndjson");
  expect([...counted.values()]).toEqual([250, 200, 2]);
});

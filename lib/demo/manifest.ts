import { logId } from "@/kernel/checkpoint/chain.ts";
import { toHex } from "@/kernel/encoding.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { EVIDENCE } from "@/lib/evidence/folder.ts";
import { type LogFacts, manifestText } from "@/lib/evidence/manifest.ts";
import type { DemoPorts } from "./ports.ts";

const EXPORTED_AT = 1_776_280_000;

/** The lines of an NDJSON file, without their ends. */
export function linesOf(text: string | undefined): readonly string[] {
  return (text ?? "").split("\n").filter((line) => line !== "");
}

/** A record of our own making: it parses and is an object. */
export function recordOf(line: string): JsonObject {
  const parsed = parseJson(line);
  if (!parsed.ok || !isObject(parsed.value.value)) {
    throw new RangeError("demo records are JSON objects");
  }
  return parsed.value.value;
}

/**
 * The manifest of these files: counted and hashed from what is there now, so that the same function stamps
 * an honest folder and one that was changed afterwards.
 */
export function manifestOf(folder: ReadonlyMap<string, string>, ports: DemoPorts): string {
  const { primitives } = ports;
  const count = (name: string): number => linesOf(folder.get(name)).length;
  const bodies = linesOf(folder.get(EVIDENCE.checkpoints)).map((line) => bodyOf(recordOf(line)));
  const consistency = linesOf(folder.get(EVIDENCE.consistency)).map(recordOf);
  const witnesses = linesOf(folder.get(EVIDENCE.witnesses)).map(recordOf);
  const keys = [...new Set(bodies.map((body) => textOf(member(body, "kernel_key"))))];
  const facts = {
    exportedAt: EXPORTED_AT,
    query: {},
    toolReceipts: count(EVIDENCE.receipts),
    childReceipts: count(EVIDENCE.childReceipts),
    checkpoints: bodies.length,
    publications: count(EVIDENCE.publications),
    witnesses: witnesses.length,
    consistencyProofs: consistency.length,
    inclusionProofs: count(EVIDENCE.inclusion),
    lineage: count(EVIDENCE.lineage),
    covered: coveredReceipts(folder.get(EVIDENCE.receipts), bodies),
    logs: keys.map((key): LogFacts => {
      const own = bodies.filter((body) => member(body, "kernel_key") === key);
      const ofLog = (records: readonly JsonObject[]): number =>
        records.filter((record) => member(record, "log_id") === logId(key, primitives)).length;
      return {
        key,
        checkpoints: own.length,
        witnesses: ofLog(witnesses),
        consistencyProofs: ofLog(consistency),
        treeSize: Math.max(...own.map((body) => numberOf(member(body, "batch_end_seq")))),
      };
    }),
    files: [...folder]
      .filter(([path]) => path !== EVIDENCE.manifest)
      .map(([path, text]) => {
        const bytes = primitives.utf8(text);
        return { path, sha256: toHex(primitives.sha256(bytes)), bytes: bytes.length };
      }),
  };
  return manifestText(facts, primitives);
}

function coveredReceipts(receipts: string | undefined, bodies: readonly JsonObject[]): number {
  const ranges = bodies.map((body) => [
    numberOf(member(body, "batch_start_seq")),
    numberOf(member(body, "batch_end_seq")),
  ]);
  return linesOf(receipts).filter((line) => {
    const seq = numberOf(member(recordOf(line), "seq"));
    return ranges.some(
      ([from, to]) => from !== undefined && to !== undefined && from <= seq && seq <= to,
    );
  }).length;
}

function bodyOf(checkpoint: JsonObject): JsonObject {
  const body = member(checkpoint, "body");
  return isObject(body) ? body : checkpoint;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

export function numberOf(value: JsonValue | undefined): number {
  return typeof value === "number" ? value : 0;
}

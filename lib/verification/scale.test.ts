import { describe, expect, it } from "vitest";
import { sha256 } from "@/kernel/crypto/sha256.ts";
import { toHex, utf8 } from "@/kernel/encoding.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { merkleRoot } from "@/kernel/merkle/tree.ts";
import type { Dataset } from "./dataset.ts";
import { datasetOf, recordOf, unitOf } from "./testing/scale.ts";
import { PLATFORM } from "./testing/verify.ts";

/**
 * What a hostile drop may cost. Eight times the input may take about eight times as long: anything quadratic
 * takes sixty-four times, and at the sizes of a real attack days.
 */
const SMALL = 2_000;
const FACTOR = 8;
/** Room for a machine that does other things too. */
const AT_MOST = 24;

async function secondsFor(build: (size: number) => Dataset, size: number): Promise<number> {
  const dataset = build(size);
  const started = performance.now();
  await dataset.conclude({ trust: null, partial: false, platform: PLATFORM });
  return (performance.now() - started) / 1_000;
}

function statement(seq: number, start: number, end: number, root: string, extra = ""): JsonObject {
  return {
    body: {
      schema: "chio.checkpoint_statement.v1",
      checkpoint_seq: seq,
      batch_start_seq: start,
      batch_end_seq: end,
      tree_size: end - start + 1,
      merkle_root: root,
      issued_at: 1,
      kernel_key: `k${extra}`,
    },
    signature: "",
  };
}

const ZERO = `0x${"00".repeat(32)}`;
const rowsOf = (count: number, seq = (at: number): number => at + 1) =>
  Array.from({ length: count }, (_, at) => ({ id: `r${at}`, seq: seq(at) }));

const DROPS: Readonly<Record<string, (size: number) => Dataset>> = {
  "loose files of one key that all claim number 1": (size) =>
    datasetOf(
      Array.from({ length: size }, (_, at) => `${at}.json`),
      Array.from({ length: size }, (_, at) => unitOf(at, [{ id: `r${at}`, seq: 1 }])),
    ),
  "loose files that continue each other": (size) =>
    datasetOf(
      Array.from({ length: size }, (_, at) => `${at}.json`),
      Array.from({ length: size }, (_, at) => unitOf(at, [{ id: `r${at}`, seq: at + 1 }])),
    ),
  "folders with a manifest each": (size) =>
    datasetOf(
      Array.from({ length: size }, (_, at) => `f${at}/manifest.json`),
      Array.from({ length: size }, (_, at) =>
        unitOf(
          at,
          [{ id: `r${at}`, seq: 1, key: `k${at}` }],
          [recordOf("evidence-manifest", 0, { files: [], counts: { toolReceipts: 1 } })],
        ),
      ),
    ),
  "manifests in one file": (size) =>
    datasetOf(
      ["x/manifest.json", ...Array.from({ length: size }, (_, at) => `x/${at}`)],
      [
        unitOf(
          0,
          [],
          Array.from({ length: size }, (_, at) => recordOf("evidence-manifest", at, { files: [] })),
        ),
      ],
    ),
  "receipts that claim one number, and proofs for it": (size) =>
    datasetOf(
      ["x/all"],
      [
        unitOf(
          0,
          rowsOf(size, () => 5),
          [recordOf("checkpoint", 0, statement(1, 5, 5, ZERO))],
          Array.from({ length: size / 10 }, () => ({
            checkpoint: 1,
            receipt: 5,
            index: 0,
            size: 1,
          })),
        ),
      ],
    ),
  "copies of one receipt": (size) =>
    datasetOf(
      ["x/all"],
      [
        unitOf(
          0,
          Array.from({ length: size }, () => ({ id: "r", seq: 1 })),
        ),
      ],
    ),
  "checkpoints that each claim every receipt": (size) =>
    datasetOf(
      ["x/all"],
      [
        unitOf(
          0,
          rowsOf(size),
          Array.from({ length: size / 10 }, (_, at) =>
            recordOf("checkpoint", at, statement(at + 1, 1, size, ZERO)),
          ),
        ),
      ],
    ),
  "checkpoints of one number": (size) =>
    datasetOf(
      ["x/all"],
      [
        unitOf(
          0,
          [],
          Array.from({ length: size }, (_, at) =>
            recordOf("checkpoint", at, statement(1, 1, at + 1, ZERO)),
          ),
          Array.from({ length: size }, () => ({ checkpoint: 1, receipt: 1, index: 0, size: 2 })),
        ),
      ],
    ),
  "checkpoints with gaps between them": (size) =>
    datasetOf(
      ["x/all"],
      [
        unitOf(
          0,
          [],
          Array.from({ length: size }, (_, at) =>
            recordOf("checkpoint", at, statement(at * 1_000 + 1, at + 1, at + 1, ZERO)),
          ),
          Array.from({ length: size }, (_, at) => ({
            checkpoint: at * 1_000,
            receipt: 1,
            index: 0,
            size: 2,
          })),
        ),
      ],
    ),
  "proofs that fit nothing, among child receipts": (size) =>
    datasetOf(
      ["x/all"],
      [
        unitOf(
          0,
          [...rowsOf(size), { id: "c", seq: 1, flags: 1 | 8 | 64 }],
          [recordOf("checkpoint", 0, statement(1, 1, size, ZERO))],
          Array.from({ length: size / 20 }, (_, at) => ({
            checkpoint: 1,
            receipt: at + 1,
            index: at,
            size,
          })),
        ),
      ],
    ),
  "honest batches whose proofs come in another order": (size) => {
    const rows = rowsOf(size);
    const leaves = rows.map(({ id }) => sha256(utf8(`leaf ${id}`)));
    const batch = size / 100;
    const roots = Array.from({ length: 100 }, (_, at) =>
      merkleRoot(leaves.slice(at * batch, (at + 1) * batch)),
    );
    return datasetOf(
      ["x/all"],
      [
        unitOf(
          0,
          rows,
          roots.map((root, at) =>
            recordOf(
              "checkpoint",
              at,
              statement(at + 1, at * batch + 1, (at + 1) * batch, `0x${toHex(root)}`),
            ),
          ),
          Array.from({ length: size }, (_, at) => {
            const checkpoint = at % 100;
            const index = Math.floor(at / 100);
            const root = roots[checkpoint] ?? new Uint8Array(32);
            return {
              checkpoint: checkpoint + 1,
              receipt: checkpoint * batch + index + 1,
              index,
              size: batch,
              root,
            };
          }),
        ),
      ],
    );
  },
  "consistency records that name no digest": (size) =>
    datasetOf(
      ["x/all"],
      [
        unitOf(
          0,
          [],
          [
            ...Array.from({ length: size }, (_, at) =>
              recordOf("checkpoint", at, statement(at + 1, at + 1, at + 1, ZERO)),
            ),
            ...Array.from({ length: size }, (_, at) =>
              recordOf("consistency-record", size + at, {
                from_checkpoint_seq: size,
                to_checkpoint_seq: size,
              }),
            ),
          ],
        ),
      ],
    ),
  "checkpoints of as many keys": (size) =>
    datasetOf(
      ["x/all"],
      [
        unitOf(
          0,
          [],
          Array.from({ length: size }, (_, at) =>
            recordOf("checkpoint", at, statement(1, 1, 1, ZERO, String(at))),
          ),
        ),
      ],
    ),
};

describe("the cost of relating records grows with their number", () => {
  it.each(Object.entries(DROPS))("%s", { timeout: 300_000 }, async (_, build) => {
    await secondsFor(build, SMALL / 10);
    const small = await secondsFor(build, SMALL);
    const large = await secondsFor(build, SMALL * FACTOR);
    expect(large).toBeLessThan(Math.max(small, 0.2) * AT_MOST);
  });
});

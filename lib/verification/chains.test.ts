import { describe, expect, it } from "vitest";
import { signCheckpoint } from "@/kernel/checkpoint/sign.ts";
import { isObject, type JsonObject } from "@/kernel/json/value.ts";
import { lines } from "./testing/files.ts";
import { seedOf } from "./testing/keys.ts";
import { log } from "./testing/log.ts";
import { codesOf, only, report, verify } from "./testing/verify.ts";

const seed = seedOf("kernel");
const v1 = log({ receipts: 20, batch: 4 });
const v2 = log({ receipts: 20, batch: 4, version: 2 });
const bodyOf = (checkpoint: JsonObject | undefined): JsonObject =>
  isObject(checkpoint?.["body"]) ? checkpoint["body"] : {};
const resigned = (at: number, change: JsonObject, of = v1): JsonObject[] =>
  of.checkpoints.map((checkpoint, index) =>
    index === at ? signCheckpoint({ ...bodyOf(checkpoint), ...change }, seed) : checkpoint,
  );
const chain = (checkpoints: readonly JsonObject[]) => ({ "c.ndjson": lines(checkpoints) });

describe("a succession of checkpoints", () => {
  it("fits link by link", async () => {
    for (const { checkpoints } of [v1, v2]) {
      const { verdict } = await verify(chain(checkpoints));
      expect(verdict.report.findings).toEqual([]);
      expect(verdict.links).toEqual({ fit: 4, total: 4 });
    }
  });

  it("breaks where a signed statement names another predecessor", async () => {
    const found = await report(chain(resigned(4, { previous_checkpoint_sha256: "ab".repeat(32) })));
    expect(codesOf(found, "error")).toEqual(["CKP-003"]);
    expect(found.questions.consistent).toMatchObject({ answer: "no", numerator: 3 });
  });

  it("breaks where a signed statement skips receipts", async () => {
    const found = await report(
      chain(resigned(4, { batch_start_seq: 18, batch_end_seq: 20, tree_size: 3 })),
    );
    expect(only(found, "CKP-003").place.pointer).toBe("/body/batch_start_seq");
  });

  it("breaks where a signed chain root is not the root of the statements", async () => {
    const found = await report(chain(resigned(4, { chain_root: `0x${"ab".repeat(32)}` }, v2)));
    expect(codesOf(found, "error")).toEqual(["CKP-005"]);
  });

  it("is judged by the numbers, not by the order of lines", async () => {
    expect((await report(chain([...v2.checkpoints].reverse()))).findings).toEqual([]);
  });

  it("shows what is absent in its middle, and cannot tell what is absent at its start", async () => {
    const gap = await verify(chain(v1.checkpoints.filter((_, at) => at !== 1 && at !== 2)));
    const absences = gap.verdict.report.findings.filter(({ code }) => code === "CKP-004");
    expect(absences.map(({ subject }) => subject.id)).toEqual(["2", "3"]);
    expect(absences[0]?.expected).toBe("receipts 5 to 12");
    expect(gap.verdict.absentCheckpoints).toBe(2);
    const late = await report(chain(v1.checkpoints.slice(2)));
    expect(codesOf(late)).toEqual(["SEQ-006"]);
    expect(late.headline).toBe("self-consistent");
  });

  it("is not disturbed by a statement whose number cannot be read, beyond that one", async () => {
    const broken = resigned(2, { checkpoint_seq: "three" });
    const found = await report(chain([...broken, ...v1.checkpoints]));
    expect(codesOf(found, "error")).toEqual(["CKP-001", "EQV-001"]);
  });

  it("prefers the statement that holds and that the next one names", async () => {
    const forged = { ...v1.checkpoints[1], signature: "00".repeat(64) };
    const fork = resigned(1, { issued_at: 5 })[1] ?? {};
    for (const extra of [[forged], [fork, forged], [forged, fork]]) {
      const { verdict } = await verify(chain([...extra, ...v1.checkpoints]));
      expect(verdict.links).toEqual({ fit: 4, total: 4 });
      expect(codesOf(verdict.report, "error")).not.toContain("CKP-003");
    }
  });
});

describe("equivocation", () => {
  it.each<[string, JsonObject]>([
    ["conflicting_checkpoint_seq", { issued_at: 5 }],
    [
      "conflicting_log_tree_size",
      { checkpoint_seq: 9, previous_checkpoint_sha256: "ab".repeat(32) },
    ],
    ["conflicting_predecessor_witness", { checkpoint_seq: 9, batch_end_seq: 13, tree_size: 5 }],
  ])("is two signed statements of one key: %s", async (kind, change) => {
    const second = resigned(2, change)[2] ?? {};
    const { verdict } = await verify(chain([...v1.checkpoints, second]));
    expect(verdict.forks).toBeGreaterThanOrEqual(1);
    const named = verdict.report.findings.filter(({ code }) => code === "EQV-001");
    expect(named.some(({ expected }) => expected?.startsWith(kind))).toBe(true);
  });

  it("is not proved by a statement whose signature does not fit", async () => {
    const forged = {
      body: { ...bodyOf(v1.checkpoints[2]), issued_at: 5 },
      signature: "00".repeat(64),
    };
    const { verdict } = await verify(chain([...v1.checkpoints, forged]));
    expect(verdict.forks).toBe(0);
  });

  it("is not two keys with equal numbers", async () => {
    const other = log({ receipts: 20, batch: 4, kernel: seedOf("other") });
    const { verdict } = await verify(chain([...v1.checkpoints, ...other.checkpoints]));
    expect(verdict.forks).toBe(0);
    expect(verdict.report.findings).toEqual([]);
    expect(verdict.links).toEqual({ fit: 8, total: 8 });
  });
});

import { describe, expect, it } from "vitest";
import { purePrimitives } from "../crypto/sha256.ts";
import { isObject, type JsonObject, member } from "../json/value.ts";
import { checkClaim } from "../signature.ts";
import { exactBackend } from "../testing/exact-backend.ts";
import { isUnlinked, logId, verifySuccession } from "./chain.ts";
import { findEquivocation } from "./equivocation.ts";
import { type CheckpointInspection, inspectCheckpoint } from "./inspect.ts";
import { signCheckpoint } from "./sign.ts";
import { STATEMENT_V1, STATEMENT_V2 } from "./statement.ts";

const SEED = new Uint8Array(32).fill(0x41);
const OTHER_SEED = new Uint8Array(32).fill(0x42);
const ROOT = `0x${"ab".repeat(32)}`;

function body(seq: number, extra: JsonObject = {}): JsonObject {
  return {
    schema: STATEMENT_V1,
    checkpoint_seq: seq,
    batch_start_seq: (seq - 1) * 10 + 1,
    batch_end_seq: seq * 10,
    tree_size: 10,
    merkle_root: ROOT,
    issued_at: 1_000 + seq,
    ...extra,
  };
}

function inspected(statement: JsonObject, seed = SEED): CheckpointInspection {
  return inspectCheckpoint(signCheckpoint(statement, seed), purePrimitives);
}

function structure(inspection: CheckpointInspection): string {
  const [check] = inspection.checks;
  return check?.outcome.kind === "failed"
    ? `${check.outcome.code} ${check.outcome.pointer}`
    : "holds";
}

describe("checkpoint structure", () => {
  it.each<readonly [string, JsonObject]>([
    ["/body/schema", { schema: "other" }],
    ["/body/checkpoint_seq", { checkpoint_seq: 0 }],
    ["/body/batch_start_seq", { batch_start_seq: 0 }],
    ["/body/batch_end_seq", { batch_end_seq: 1.5 }],
    ["/body/tree_size", { tree_size: 9 }],
    ["/body/merkle_root", { merkle_root: ROOT.toUpperCase() }],
    ["/body/merkle_root", { merkle_root: ROOT.slice(2) }],
    ["/body/issued_at", { issued_at: "1" }],
    ["/body/previous_checkpoint_sha256", { previous_checkpoint_sha256: ROOT }],
    ["/body/chain_root", { chain_root: ROOT }],
    ["/body/chain_root", { schema: STATEMENT_V2 }],
  ])("fails at %s", (pointer, change) => {
    expect(structure(inspected(body(1, change)))).toBe(`CKP-001 ${pointer}`);
  });

  it("holds for sequences beyond what a double can count", () => {
    const start = 2n ** 64n - 10n;
    const change = { batch_start_seq: start, batch_end_seq: 2n ** 64n - 1n };
    expect(structure(inspected(body(7, change)))).toBe("holds");
  });

  it("ignores an unknown member that was added, and names one that was signed", async () => {
    const signed = signCheckpoint(body(1), SEED);
    const inner = member(signed, "body");
    const edited = { ...signed, body: { ...(isObject(inner) ? inner : {}), extra: 1 } };
    const added = inspectCheckpoint(edited, purePrimitives);
    expect(added.notes).toEqual([{ code: "FMT-008", pointer: "/body/extra", actual: null }]);
    expect(added.claim && (await checkClaim(added.claim, exactBackend))).toEqual({
      kind: "fits",
      preimage: "normal",
    });
    const covered = inspected(body(1, { extra: 1 }));
    expect(covered.claim && (await checkClaim(covered.claim, exactBackend))).toEqual({
      kind: "fits",
      preimage: "raw",
    });
    expect(covered.rawSha256).not.toBe(covered.sha256);
  });
});

describe("succession", () => {
  const first = inspected(body(1));
  const linked = (extra: JsonObject = {}) =>
    inspected(body(2, { previous_checkpoint_sha256: first.sha256, ...extra }));

  it("holds for the next range that names its predecessor", () => {
    expect(verifySuccession(first, linked())).toEqual([]);
    expect(isUnlinked(linked())).toBe(false);
  });

  it("is merely sequential in version 1 without the digest, and broken in version 2", () => {
    const unlinked = inspected(body(2));
    expect(verifySuccession(first, unlinked)).toEqual([]);
    expect(isUnlinked(unlinked)).toBe(true);
    const [problem] = verifySuccession(first, inspected(body(2, { schema: STATEMENT_V2 })));
    expect(problem?.member).toBe("previous_checkpoint_sha256");
  });

  it("tells each fact that does not continue", () => {
    const members = (next: CheckpointInspection) =>
      verifySuccession(first, next).map((problem) => problem.member);
    expect(members(linked({ checkpoint_seq: 3 }))).toEqual(["checkpoint_seq"]);
    expect(members(linked({ batch_start_seq: 12 }))).toEqual(["batch_start_seq"]);
    expect(members(linked({ previous_checkpoint_sha256: "00".repeat(32) }))).toEqual([
      "previous_checkpoint_sha256",
    ]);
    const rooted = inspected(body(1, { schema: STATEMENT_V2, chain_root: ROOT }));
    const bare = inspected(
      body(2, { schema: STATEMENT_V2, previous_checkpoint_sha256: rooted.sha256 }),
    );
    expect(verifySuccession(rooted, bare).map((problem) => problem.member)).toEqual(["chain_root"]);
  });
});

describe("equivocation", () => {
  const one = inspected(body(3, { previous_checkpoint_sha256: "11".repeat(32) }));

  it("is told by sequence, then tree size, then predecessor", () => {
    const conflict = (change: JsonObject) => findEquivocation(one, inspected(body(3, change)));
    expect(conflict({ issued_at: 9 })).toBe("conflicting_checkpoint_seq");
    expect(conflict({ checkpoint_seq: 4 })).toBe("conflicting_log_tree_size");
    const sibling = {
      checkpoint_seq: 4,
      batch_end_seq: 31,
      previous_checkpoint_sha256: "11".repeat(32),
    };
    expect(conflict(sibling)).toBe("conflicting_predecessor_witness");
    expect(conflict({ checkpoint_seq: 4, batch_end_seq: 31 })).toBeNull();
    expect(findEquivocation(one, one)).toBeNull();
  });

  it("is never told of two keys", () => {
    expect(findEquivocation(one, inspected(body(3), OTHER_SEED))).toBeNull();
    expect(logId(one.facts.kernelKey, purePrimitives)).not.toBe(
      logId(inspected(body(3), OTHER_SEED).facts.kernelKey, purePrimitives),
    );
  });
});

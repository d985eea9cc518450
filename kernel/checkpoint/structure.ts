import type { Check } from "../check.ts";
import type { JsonObject, JsonValue } from "../json/value.ts";
import { member } from "../json/value.ts";
import { BARE_HASH, type CheckpointFacts, STATEMENT_V1, STATEMENT_V2 } from "./statement.ts";

const HASH = "0x and 64 lower-case hex digits";
const NUMBER = "an unsigned 64-bit integer";

/**
 * Whether a statement agrees with itself and its schema: the first contradiction fails as CKP-001. The
 * anchor examples' flattened statements name a range that their tree does not have, so `ranged` is false
 * for them.
 */
export function structureCheck(
  body: JsonObject,
  facts: CheckpointFacts,
  base: string,
  ranged: boolean,
): Check {
  const problem = firstProblem(body, facts, ranged);
  if (problem === null) {
    return { name: "structure", outcome: { kind: "passed" } };
  }
  const [name, expected] = problem;
  return {
    name: "structure",
    outcome: {
      kind: "failed",
      code: "CKP-001",
      pointer: `${base}/${name}`,
      expected,
      actual: shown(member(body, name)),
    },
  };
}

type Problem = readonly [name: string, expected: string | null];

function firstProblem(body: JsonObject, facts: CheckpointFacts, ranged: boolean): Problem | null {
  if (facts.schema !== STATEMENT_V1 && facts.schema !== STATEMENT_V2) {
    return ["schema", `${STATEMENT_V1} | ${STATEMENT_V2}`];
  }
  if (facts.checkpointSeq === null || facts.checkpointSeq < 1n) {
    return ["checkpoint_seq", "at least 1"];
  }
  if (facts.batchStartSeq === null || facts.batchStartSeq < 1n) {
    return ["batch_start_seq", "at least 1"];
  }
  if (facts.batchEndSeq === null || facts.batchEndSeq < facts.batchStartSeq) {
    return ["batch_end_seq", `at least ${facts.batchStartSeq}`];
  }
  const size = facts.batchEndSeq - facts.batchStartSeq + 1n;
  if (facts.treeSize === null || facts.treeSize < 1n || (ranged && facts.treeSize !== size)) {
    return ["tree_size", ranged ? String(size) : NUMBER];
  }
  if (facts.merkleRoot === null) {
    return ["merkle_root", HASH];
  }
  if (facts.issuedAt === null) {
    return ["issued_at", NUMBER];
  }
  const previous = member(body, "previous_checkpoint_sha256");
  if (
    isPresent(previous) &&
    (facts.previousSha256 === null || !BARE_HASH.test(facts.previousSha256))
  ) {
    return ["previous_checkpoint_sha256", "64 lower-case hex digits"];
  }
  return chainRootProblem(body, facts);
}

function chainRootProblem(body: JsonObject, facts: CheckpointFacts): Problem | null {
  const present = isPresent(member(body, "chain_root"));
  if (facts.schema === STATEMENT_V1) {
    return present ? ["chain_root", null] : null;
  }
  const required = present || facts.checkpointSeq === 1n;
  return required && facts.chainRoot === null ? ["chain_root", HASH] : null;
}

function isPresent(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null;
}

function shown(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) {
    return null;
  }
  return typeof value === "object" ? "a nested value" : String(value);
}

import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";
import { receiptRepair } from "@/lib/verification/receipt-repair.ts";
import type { RepairView } from "@/lib/verification/repair.ts";
import { type ExplainArguments, parseExplainArguments } from "./receipt-arguments.ts";
import { type Ancestors, ancestorsOf } from "./receipt-links.ts";
import { showOutcome } from "./receipt-outcome.ts";
import type { ReceiptRecord } from "./receipt-record.ts";
import { type ScopeDifference, scopeDifference, scopeJson, scopeText } from "./receipt-scope.ts";
import { NAME_LENGTH, orNone, orNull, proofText, witnessText } from "./receipt-words.ts";
import { refuse } from "./refuse.ts";
import { writeJson } from "./safe-json.ts";
import { safeText } from "./safe-text.ts";
import type { Surroundings } from "./surroundings.ts";
import { withRecord } from "./with-record.ts";

const COMMAND = "chio receipt explain";
const LISTED = 8;

/**
 * `chio receipt explain ID PATH... [--depth 8] [--fanout-limit 32]`: one receipt in eleven lines, by the names
 * that the original uses. Each is what was found here, not what the receipt claims.
 */
export function runReceiptExplain(words: readonly string[], around: Surroundings): Promise<number> {
  return withRecord(COMMAND, parseExplainArguments(words), around, async (record, given) => {
    const { facts } = record.inspection;
    if (given.tenant !== null && given.tenant !== facts.tenantId) {
      return refuse(COMMAND, "the receipt is not of this tenant", around);
    }
    const explained = await explain(record, given);
    if (given.json) {
      writeJson(canonicalize(document(explained)), around.out);
    } else {
      around.out.write(text(explained));
    }
    return showOutcome(COMMAND, record.read, record.status === "does-not-verify", around);
  });
}

interface Explained {
  readonly record: ReceiptRecord;
  readonly identity: {
    readonly state: "fits" | "does-not-fit" | "not-checked";
    readonly text: string;
  };
  readonly scope: ScopeDifference;
  readonly ancestors: Ancestors;
  readonly repair: RepairView | null;
}

async function explain(
  record: ReceiptRecord,
  { depth, fanout }: ExplainArguments,
): Promise<Explained> {
  const { read, row, receipt, platform, signature, node } = record;
  return {
    record,
    identity: identityOf(record),
    scope: scopeDifference(record),
    ancestors: ancestorsOf(read.conclusion.chain, node, depth, fanout),
    repair:
      signature?.outcome.kind === "does-not-fit"
        ? await receiptRepair(read.dataset, read.members, row, receipt, platform)
        : null,
  };
}

function identityOf({ checks }: ReceiptRecord): Explained["identity"] {
  const outcome = checks.find(({ name }) => name === "id")?.outcome;
  switch (outcome?.kind) {
    case "passed":
      return { state: "fits", text: "fits: the id is the hash of the content" };
    case "failed":
      return {
        state: "does-not-fit",
        text: `does not fit: the content hashes to ${safeText(outcome.actual ?? "something else")}`,
      };
    case "not-applicable":
    case "not-checked":
      return { state: "not-checked", text: `not checked: ${safeText(outcome.why)}` };
    case undefined:
      return {
        state: "not-checked",
        text: "not checked: an id of this form is a name, not a hash",
      };
  }
}

function schemaOf({ inspection: { form } }: ReceiptRecord): string {
  return form === "v1" ? "chio.receipt.v1" : form;
}

function text(explained: Explained): string {
  const { record, identity, scope, ancestors, repair } = explained;
  const { facts } = record.inspection;
  const { nodes } = record.read.conclusion.chain;
  const lines = [
    `receipt: ${safeText(facts.id, NAME_LENGTH)}`,
    `schema: ${schemaOf(record)}`,
    `identity: ${identity.text}`,
    `decision: ${facts.decision}`,
    `reason: ${orNone(facts.reason)}`,
    `guard: ${orNone(facts.guard)}`,
    `policy_hash: ${orNone(facts.policyHash)}`,
    `scope_diff: ${scopeText(scope)}`,
    `parents: ${ancestors.list.length}`,
  ];
  for (const { node, level } of ancestors.list) {
    const indent = "  ".repeat(Math.min(level, 60));
    const absent = node < nodes.receipts ? "" : " (not loaded)";
    lines.push(`${indent}${safeText(nodes.idOf(node), NAME_LENGTH)}${absent}`);
  }
  if (ancestors.leftOut > 0) {
    lines.push(`  and ${ancestors.leftOut} more; --depth and --fanout-limit widen the list`);
  }
  lines.push(`batch_witness: ${batchWitness(record)}`, `repair_hint: ${repairText(repair)}`);
  return `${lines.join("\n")}\n`;
}

function batchWitness({ proof }: ReceiptRecord): string {
  return proof.state === "included" ? witnessText(proof) : `none: ${proofText(proof)}`;
}

function repairText(repair: RepairView | null): string {
  if (repair === null || repair.differences.length === 0) {
    return "none";
  }
  const { differences, copy } = repair;
  const listed = differences
    .slice(0, LISTED)
    .map(
      ({ pointer, here, wouldFit }) =>
        `${safeText(pointer)} ${orAbsent(wouldFit)} instead of ${orAbsent(here)}`,
    );
  const more = differences.length > LISTED ? `, and ${differences.length - LISTED} more` : "";
  const line = copy === null || copy.line === null ? "" : `, line ${copy.line}`;
  const as = copy === null ? "" : `, as in ${safeText(copy.file, NAME_LENGTH)}${line}`;
  return `the signature fits with ${listed.join(", ")}${more}${as}`;
}

function orAbsent(value: string | null): string {
  return value === null ? "nothing" : safeText(value);
}

/** The text's names, with values that a program can use. */
function document({ record, identity, scope, ancestors, repair }: Explained): JsonObject {
  const { facts } = record.inspection;
  const { nodes } = record.read.conclusion.chain;
  const { checkpointSeq, leafIndex, treeSize, state } = record.proof;
  return {
    receipt: facts.id,
    schema: schemaOf(record),
    identity: identity.state,
    decision: facts.decision,
    reason: facts.reason,
    guard: facts.guard,
    policy_hash: orNull(facts.policyHash),
    scope_diff: scopeJson(scope),
    parents: ancestors.list.map(({ node, level }) => ({
      id: nodes.idOf(node),
      distance: level,
      loaded: node < nodes.receipts,
    })),
    parents_left_out: ancestors.leftOut,
    batch_witness:
      state === "included"
        ? { checkpoint_seq: checkpointSeq, leaf_index: leafIndex, tree_size: treeSize }
        : null,
    repair_hint: repair === null ? null : repairJson(repair),
  };
}

function repairJson({ differences, copy }: RepairView): JsonValue {
  return {
    differences: differences.map(({ pointer, here, wouldFit }) => ({
      pointer,
      here,
      would_fit: wouldFit,
    })),
    copy: copy === null ? null : { file: copy.file, line: copy.line },
  };
}

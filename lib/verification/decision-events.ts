import { DECISIONS } from "@/lib/chain/model.ts";
import {
  type DecisionEvents,
  EVIDENCE,
  type EventField,
  type Evidence,
} from "@/lib/denials/model.ts";
import type { Conclusion } from "./conclude.ts";
import type { Dataset } from "./dataset.ts";
import type { RelatedDeadLetters } from "./dead-letters.ts";
import { Interner } from "./interner.ts";
import { NOT_CHECKED, type RowStatuses, STATUS_NAMES } from "./statuses.ts";
import { orderByTime } from "./time-order.ts";

const DENY = DECISIONS.indexOf("deny");
const NONE = DECISIONS.indexOf("none");
const CLAIM = EVIDENCE.indexOf("claim");

/** What a receipt's status makes of a denial, in the order of STATUS_NAMES. */
const EVIDENCE_OF: readonly number[] = STATUS_NAMES.map((status): number => {
  const evidence: Readonly<Record<(typeof STATUS_NAMES)[number], Evidence>> = {
    verified: "verified",
    "verified-not-checkpointed": "verified",
    "self-consistent": "self-consistent",
    "not-checked": "not-checked",
    "does-not-verify": "does-not-verify",
    unsigned: "claim",
  };
  return EVIDENCE.indexOf(evidence[status]);
});

/**
 * Every decision of a dataset as it was concluded, by time. A receipt counts once, by the copy that stands for
 * it; a dead letter without a receipt counts as a claim, by the copy that stands for it.
 */
export function decisionEvents(
  dataset: Dataset,
  { statuses, denying, deadLetters }: Pick<Conclusion, "statuses" | "denying" | "deadLetters">,
): DecisionEvents {
  const texts = new Interner();
  texts.number("");
  const draft = new Draft(dataset.rows.count + dataset.deadLetters.count, texts);
  addReceipts(dataset, statuses, denying, recordsByRow(dataset, deadLetters), draft);
  addClaims(dataset, deadLetters, draft);
  return draft.inOrder();
}

/** Events as they are gathered, before they are put in the order of time. */
class Draft {
  count = 0;
  readonly second: Float64Array;
  readonly isDenied: Uint8Array;
  readonly evidence: Uint8Array;
  readonly row: Int32Array;
  readonly record: Int32Array;
  readonly fields: Readonly<Record<EventField, Int32Array>>;
  readonly texts: Interner;

  constructor(size: number, texts: Interner) {
    const column = (): Int32Array => new Int32Array(size);
    this.second = new Float64Array(size);
    this.isDenied = new Uint8Array(size);
    this.evidence = new Uint8Array(size);
    this.row = column();
    this.record = column();
    this.fields = mapFields(column);
    this.texts = texts;
  }

  /** Numbers in this dataset of a unit's texts. */
  numbersOf(texts: readonly string[]): Int32Array {
    return Int32Array.from(texts, (text) => this.texts.number(text));
  }

  inOrder(): DecisionEvents {
    const { count, second } = this;
    const order = orderByTime(second.subarray(0, count));
    const pick = <Column extends Int32Array | Uint8Array | Float64Array>(
      column: Column,
      sorted: Column,
    ): Column => {
      for (let at = 0; at < count; at += 1) {
        sorted[at] = column[order[at] ?? 0] ?? 0;
      }
      return sorted;
    };
    return {
      count,
      second: pick(second, new Float64Array(count)),
      isDenied: pick(this.isDenied, new Uint8Array(count)),
      evidence: pick(this.evidence, new Uint8Array(count)),
      row: pick(this.row, new Int32Array(count)),
      record: pick(this.record, new Int32Array(count)),
      fields: mapFields((field) => pick(this.fields[field], new Int32Array(count))),
      texts: this.texts.values,
    };
  }
}

function mapFields<Value>(value: (field: EventField) => Value): Record<EventField, Value> {
  return {
    agent: value("agent"),
    service: value("service"),
    tool: value("tool"),
    scope: value("scope"),
    topic: value("topic"),
    guard: value("guard"),
    reason: value("reason"),
    capability: value("capability"),
    policy: value("policy"),
    key: value("key"),
    group: value("group"),
  };
}

/** Number of the dead letter that stands for each row; -1 for none. */
function recordsByRow(dataset: Dataset, { row, copyOf }: RelatedDeadLetters): Int32Array {
  const records = new Int32Array(dataset.rows.count).fill(-1);
  for (const { first, rowBase, columns } of dataset.deadLetters.inOrder()) {
    for (let at = 0; at < columns.count; at += 1) {
      const receipt = row[first + at] ?? -1;
      if (receipt !== -1 && copyOf[first + at] === -1) {
        records[receipt] = rowBase + at;
      }
    }
  }
  return records;
}

function addReceipts(
  dataset: Dataset,
  { ofRow, standsFor }: RowStatuses,
  denying: Conclusion["denying"],
  records: Int32Array,
  draft: Draft,
): void {
  const { rows } = dataset;
  const capabilities = draft.numbersOf(rows.capabilities);
  for (const { first, count, chain } of dataset.chain.inOrder()) {
    const { steps, texts } = chain;
    const numbers = draft.numbersOf(texts);
    for (let index = 0; index < count; index += 1) {
      const row = first + index;
      const decision = steps.decision[index] ?? NONE;
      const stands = standsFor[row] ?? row;
      if ((denying.get(stands) ?? stands) !== row || decision === NONE) {
        continue;
      }
      const at = draft.count;
      draft.count += 1;
      draft.second[at] = rows.timestamp[row] ?? Number.NaN;
      draft.isDenied[at] = decision === DENY ? 1 : 0;
      draft.evidence[at] = EVIDENCE_OF[ofRow[row] ?? NOT_CHECKED] ?? CLAIM;
      draft.row[at] = rows.numberOf(row);
      draft.record[at] = records[row] ?? -1;
      for (const field of STEP_FIELDS) {
        draft.fields[field][at] = numbers[steps[field][index] ?? 0] ?? 0;
      }
      draft.fields.capability[at] = capabilities[rows.capability[row] ?? -1] ?? 0;
    }
  }
}

/** The fields that a unit's steps hold; the capability stands with the rows. */
const STEP_FIELDS = [
  "agent",
  "service",
  "tool",
  "scope",
  "topic",
  "guard",
  "reason",
  "policy",
  "key",
  "group",
] as const satisfies readonly EventField[];

/** What a dead letter alone says of the decision. */
const CLAIM_FIELDS = [
  "agent",
  "tool",
  "scope",
  "topic",
  "guard",
  "reason",
  "key",
  "group",
] as const satisfies readonly EventField[];

function addClaims(dataset: Dataset, { isClaim, copyOf }: RelatedDeadLetters, draft: Draft): void {
  for (const { first, rowBase, columns } of dataset.deadLetters.inOrder()) {
    const numbers = draft.numbersOf(columns.texts);
    for (let index = 0; index < columns.count; index += 1) {
      if (isClaim[first + index] !== 1 || copyOf[first + index] !== -1) {
        continue;
      }
      const at = draft.count;
      draft.count += 1;
      draft.second[at] = columns.second[index] ?? Number.NaN;
      draft.isDenied[at] = 1;
      draft.evidence[at] = CLAIM;
      draft.row[at] = -1;
      draft.record[at] = rowBase + index;
      for (const field of CLAIM_FIELDS) {
        draft.fields[field][at] = numbers[columns[field][index] ?? 0] ?? 0;
      }
    }
  }
}

import { sqlLiteral } from "@/lib/queries/sql-literal.ts";
import { FOUNDATION } from "@/lib/sql/statements.ts";
import type { Connection } from "../engine.ts";

/** What a test says of a call; everything else is filled in. */
export interface TestCall {
  readonly row: number;
  readonly timestamp: number | null;
  readonly decision: "allow" | "deny" | "cancelled";
  readonly integrity:
    | "verified"
    | "verified-not-checkpointed"
    | "self-consistent"
    | "does-not-verify"
    | "not-checked"
    | "unsigned";
  readonly copyOf: number | null;
  readonly guard: string;
  readonly agent: string;
  readonly service: string;
  readonly tool: string;
  readonly scope: string;
  readonly topic: string;
  readonly reason: string;
  readonly pattern: string;
  readonly capability: string;
  readonly policy: string;
  readonly key: string;
  readonly group: string;
  /** Decimal text; null for no cost. */
  readonly units: string | null;
  readonly currency: string;
  readonly partition: number | null;
  readonly offset: string | null;
  readonly file: string;
}

/** A dead letter: of a receipt that is loaded, a claim, or a connector's failure. */
export interface TestLetter {
  readonly record: number;
  readonly receiptRow: number | null;
  readonly isClaim: boolean;
  readonly kind: "denial" | "failure";
  readonly timeMs: number | null;
  readonly second: number | null;
  readonly guard: string;
  readonly agent: string;
  readonly scope: string;
  readonly tool: string;
  readonly reason: string;
  readonly pattern: string;
  readonly key: string;
  readonly topic: string;
  readonly failure: string;
}

export const A_CALL: TestCall = {
  row: 0,
  timestamp: 1000,
  decision: "deny",
  integrity: "verified",
  copyOf: null,
  guard: "scope-match",
  agent: "agent-1",
  service: "service-1",
  tool: "tool-1",
  scope: "server-1/tool-1",
  topic: "",
  reason: "reason 1",
  pattern: "reason ‹n›",
  capability: "cap-1",
  policy: "p1",
  key: "",
  group: "",
  units: null,
  currency: "",
  partition: null,
  offset: null,
  file: "a.ndjson",
};
export const A_LETTER: TestLetter = {
  record: 0,
  receiptRow: null,
  isClaim: true,
  kind: "denial",
  timeMs: null,
  second: 1000,
  guard: "scope-match",
  agent: "agent-1",
  scope: "server-1/tool-1",
  tool: "tool-1",
  reason: "reason 1",
  pattern: "reason ‹n›",
  key: "",
  topic: "",
  failure: "",
};

/** Fills the tables with these, in place of what they held. */
export async function fillDenials(
  connection: Connection,
  calls: readonly TestCall[],
  letters: readonly TestLetter[],
): Promise<void> {
  for (const table of ["receipt", "receipt_status", "dead_letter", "dead_letter_status"]) {
    await connection.query(`truncate ${table}`);
  }
  await insert(connection, "receipt", calls.map(receipt));
  await insert(connection, "receipt_status", calls.map(status));
  await insert(connection, "dead_letter", letters.map(letter));
  await insert(connection, "dead_letter_status", letters.map(letterStatus));
  await connection.query(FOUNDATION.indexDenials);
}

type Row = Readonly<Record<string, string | number | boolean | null>>;

async function insert(connection: Connection, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) {
    return;
  }
  const names = Object.keys(first);
  const tuples = rows.map(
    (row) => `(${names.map((name) => sqlLiteral(row[name] ?? null)).join(", ")})`,
  );
  const columns = names.map((name) => `"${name}"`).join(", ");
  await connection.query(`insert into ${table} (${columns}) values ${tuples.join(",\n")}`);
}

function receipt(call: TestCall): Row {
  return {
    row: call.row,
    file: call.file,
    seq: call.row,
    timestamp: call.timestamp,
    form: "v1",
    kernel_key: "aa",
    id: `rcpt-${call.row}`,
    capability_id: call.capability,
    agent: call.agent,
    service: call.service,
    tool_server: "server-1",
    tool_name: call.tool,
    decision: call.decision,
    guard: call.guard,
    reason: call.reason,
    trust_level: "mediated",
    tenant_id: "",
    policy_hash: call.policy,
    reason_pattern: call.pattern,
    scope: call.scope,
    topic: call.topic,
    source_partition: call.partition,
    source_offset: call.offset,
    message_key: call.key,
    consumer_group: call.group,
    cost_units: call.units,
    cost_currency: call.currency,
    guards: "",
  };
}

function status(call: TestCall): Row {
  return {
    row: call.row,
    integrity: call.integrity,
    inclusion: "included",
    checkpoint_seq: null,
    copy_of: call.copyOf,
    speaks: call.copyOf === null,
  };
}

function letter(of: TestLetter): Row {
  const texts = { ids: "agree", verdicts: "agree", coordinates: "agree", headers: "agree" };
  return {
    record: of.record,
    file: "dlq.txt",
    line: of.record + 1,
    form: "kcat",
    fidelity: "exact",
    kind: of.kind,
    topic: "dlq",
    partition: 0,
    record_offset: of.record,
    time_ms: of.timeMs,
    message_key: of.key,
    receipt_id: of.receiptRow === null ? "" : `rcpt-${of.receiptRow}`,
    request_id: "",
    source_topic: of.topic,
    source_partition: null,
    source_offset: null,
    verdict: "deny",
    guard: of.guard,
    reason: of.reason,
    reason_pattern: of.pattern,
    agent: of.agent,
    scope: of.scope,
    tool_name: of.tool,
    consumer_group: "",
    second: of.second,
    payload_bytes: null,
    failure: of.failure,
    ...texts,
    payload: "agree",
  };
}

function letterStatus(of: TestLetter): Row {
  return {
    record: of.record,
    receipt_row: of.receiptRow,
    is_claim: of.isClaim,
    copy_of: null,
    verdicts: "agree",
    payload: "agree",
  };
}

import { FINDINGS, type FindingCode } from "@/kernel/findings.ts";
import { BOUNDARIES, DECISIONS, LINK_SOURCES, type LinkSource } from "@/lib/chain/model.ts";
import { NAMES_NONE, NAMES_ONE } from "./chain-unit.ts";
import type { Dataset } from "./dataset.ts";
import { type Ledger, LISTED } from "./ledger.ts";
import type { RelatedLinks } from "./relate-links.ts";
import { FLAG } from "./unit-result.ts";

const DENY = DECISIONS.indexOf("deny");
const CONSUME = BOUNDARIES.indexOf("consume");
const PRODUCE = BOUNDARIES.indexOf("produce");

/** Seconds by which the clocks of two kernels may differ before their order says something. */
const SKEW = 60;

/** Where in a receipt a link of that source stands. */
const POINTERS: Readonly<Record<LinkSource, string>> = {
  "parent-receipt": "/parent_receipt",
  "call-chain": "/metadata/governed_transaction/call_chain",
  lineage: "",
  "child-request": "/parent_request_id",
  "http-decision": "/metadata/chio_decision_receipt_id",
  "http-kernel": "/metadata/chio_kernel_receipt_id",
  "record-header": "",
};

/** Sources whose parent may well have been denied: a final HTTP receipt follows its decision either way. */
const FOLLOW_EITHER_WAY =
  (1 << LINK_SOURCES.indexOf("http-decision")) |
  (1 << LINK_SOURCES.indexOf("http-kernel")) |
  (1 << LINK_SOURCES.indexOf("child-request"));

/** Sources that may name a request, which is answered when it ends: after what it brought about. */
const BY_REQUEST =
  (1 << LINK_SOURCES.indexOf("call-chain")) | (1 << LINK_SOURCES.indexOf("child-request"));

/**
 * What does not add up about links. None of it is an error: links are asserted for the most part, and nothing
 * signed is refuted by them.
 *
 * @param isPartial not everything was read, so that nobody can say what has no cause
 */
export function judgeLinks(
  dataset: Dataset,
  related: RelatedLinks,
  ledger: Ledger,
  isPartial: boolean,
): void {
  const { index, overtaken } = related;
  const { nodes, edges } = index;
  const { rows } = dataset;
  const said = new Map<FindingCode, number>();
  const say = (
    code: FindingCode,
    node: number,
    pointer: string,
    expected: string | null,
    actual: string | null,
    severity?: "info",
  ): void => {
    const times = (said.get(code) ?? 0) + 1;
    said.set(code, times);
    if (times > LISTED.warning) {
      // Not listed any more: a record with a header of its own for each receipt is told of millions of times.
      ledger.count(code, severity ?? FINDINGS[code].severity, 1);
      return;
    }
    const row = rows.find(nodes.row[node] ?? -1);
    ledger.add({
      code,
      subject: { kind: "receipt", id: clip(nodes.idOf(node)) },
      place: rows.placeOf(row, pointer),
      expected: expected === null ? null : clip(expected),
      actual: actual === null ? null : clip(actual),
      row,
      ...(severity === undefined ? {} : { severity }),
    });
  };
  for (let edge = 0; edge < edges.count; edge += 1) {
    const parent = edges.parent[edge] ?? -1;
    const child = edges.child[edge] ?? -1;
    const sources = edges.sources[edge] ?? 0;
    const pointer = pointerOf(sources);
    if (parent >= nodes.receipts) {
      say("LNK-001", child, pointer, nodes.idOf(parent), null);
      continue;
    }
    if (parent === child) {
      say("LNK-004", child, pointer, null, nodes.idOf(parent));
      continue;
    }
    const lead = (nodes.time[parent] ?? Number.NaN) - (nodes.time[child] ?? Number.NaN);
    const isOneCircle = index.isOnCycle(parent) && index.isOnCycle(child);
    const mayFollow = overtaken[child] === 1 && (sources & ~BY_REQUEST) === 0;
    if (lead > 0 && !isOneCircle && !mayFollow) {
      const sameClock = sameKernel(dataset, nodes.row, parent, child);
      const at = `${String(nodes.time[child])}, ${lead} s before its cause`;
      const severity = sameClock || lead > SKEW ? undefined : "info";
      say("LNK-006", child, pointer, `not before ${String(nodes.time[parent])}`, at, severity);
    }
    const follows = (sources & ~FOLLOW_EITHER_WAY) !== 0;
    if (nodes.decision[parent] === DENY && follows && !isDeadLetter(related, child)) {
      say("LNK-007", child, pointer, null, nodes.idOf(parent));
    }
  }
  for (const { members, first } of index.cycles()) {
    const [start] = first;
    if (members > 1 && start !== undefined) {
      const ids = first.map((node) => clip(nodes.idOf(node), LONGEST_ID));
      const more = members > first.length ? ", …" : "";
      say("LNK-005", start, "", null, `${members} receipts: ${ids.join(", ")}${more}`);
    }
  }
  if (!isPartial) {
    judgeOrphans(dataset, related, say);
  }
}

/** Ids that are not made up have 64 digits; one of a million octets is repeated by each of its children. */
const LONGEST = 300;
const LONGEST_ID = 70;

function clip(text: string, longest = LONGEST): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

type Say = (
  code: FindingCode,
  node: number,
  pointer: string,
  expected: string | null,
  actual: string | null,
) => void;

/**
 * Receipts without a cause that should have one: they say so, or they consume what a loaded service produced.
 * Where no consume of a topic has a cause, this log's consumes name none: one of them stands for all.
 */
function judgeOrphans({ rows }: Dataset, related: RelatedLinks, say: Say): void {
  const { index, continues, knowsRequests, knowsSessions, deadLetterTopics } = related;
  const { nodes } = index;
  const produced = new Set<number>();
  const caused = new Set<number>();
  for (let node = 0; node < nodes.receipts; node += 1) {
    const topic = nodes.topic[node] ?? 0;
    if (nodes.boundary[node] === PRODUCE) {
      produced.add(topic);
    } else if (nodes.boundary[node] === CONSUME && index.parentCount(node) > 0) {
      caused.add(topic);
    }
  }
  produced.delete(0);
  const told = new Set<number>();
  for (let node = 0; node < nodes.receipts; node += 1) {
    if (index.parentCount(node) > 0) {
      continue;
    }
    const topic = nodes.topic[node] ?? 0;
    const isRead =
      nodes.boundary[node] === CONSUME && produced.has(topic) && !deadLetterTopics.has(topic);
    const row = rows.find(nodes.row[node] ?? -1);
    const isKnown = rows.has(row, FLAG.child) ? knowsSessions : knowsRequests;
    if (continues[node] === NAMES_NONE || (continues[node] === NAMES_ONE && isKnown)) {
      say("LNK-008", node, continuationAt(rows, row), null, null);
    } else if (isRead && (caused.has(topic) || !told.has(topic))) {
      told.add(topic);
      say("LNK-008", node, "", null, nodes.texts[topic] ?? "");
    }
  }
}

function continuationAt(rows: Dataset["rows"], row: number): string {
  return rows.has(row, FLAG.child)
    ? POINTERS["child-request"]
    : rows.has(row, FLAG.http)
      ? POINTERS["http-decision"]
      : POINTERS["call-chain"];
}

/** What is done with a denied event: it is put into a dead-letter topic, and read there. */
function isDeadLetter({ index, deadLetterTopics }: RelatedLinks, node: number): boolean {
  const { nodes } = index;
  const topic = nodes.topic[node] ?? 0;
  const carries = nodes.boundary[node] === CONSUME || nodes.boundary[node] === PRODUCE;
  return carries && (deadLetterTopics.has(topic) || namesDeadLetters(nodes.texts[topic] ?? ""));
}

const LONGEST_TOPIC = 249;
const DEAD_LETTER_WORDS = new Set(["dlq", "dlt", "denied", "denials", "deadletter", "deadletters"]);

/** `chio-denied-events`, `orders.dlq`, `dead-letter`: the usual names, where no record says what a topic holds. */
export function namesDeadLetters(topic: string): boolean {
  if (topic.length > LONGEST_TOPIC) {
    return false;
  }
  const words = topic.toLowerCase().split(/[^a-z0-9]/);
  return words.some(
    (word, at) => DEAD_LETTER_WORDS.has(word) || DEAD_LETTER_WORDS.has(`${words[at - 1]}${word}`),
  );
}

function pointerOf(sources: number): string {
  const source = LINK_SOURCES.find((_, number) => (sources & (1 << number)) !== 0);
  return source === undefined ? "" : POINTERS[source];
}

function sameKernel({ rows }: Dataset, row: Int32Array, a: number, b: number): boolean {
  return rows.key[rows.find(row[a] ?? -1)] === rows.key[rows.find(row[b] ?? -1)];
}

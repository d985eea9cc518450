import type { FindingCode } from "@/kernel/findings.ts";
import { BOUNDARIES, DECISIONS, LINK_SOURCES, type LinkSource } from "@/lib/chain/model.ts";
import type { Dataset } from "./dataset.ts";
import type { Ledger } from "./ledger.ts";
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

/**
 * What does not add up about links. None of it is an error: links are asserted for the most part, and nothing
 * signed is refuted by them.
 */
export function judgeLinks(dataset: Dataset, related: RelatedLinks, ledger: Ledger): void {
  const { index } = related;
  const { nodes, edges } = index;
  const { rows } = dataset;
  const say = (
    code: FindingCode,
    node: number,
    pointer: string,
    expected: string | null,
    actual: string | null,
    severity?: "info",
  ): void => {
    const row = rows.find(nodes.row[node] ?? -1);
    ledger.add({
      code,
      subject: { kind: "receipt", id: nodes.idOf(node) },
      place: rows.placeOf(row, pointer),
      expected,
      actual,
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
    if (lead > 0 && !isOneCircle) {
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
      const ids = first.map((node) => nodes.idOf(node)).join(", ");
      say("LNK-005", start, "", null, `${members} receipts: ${ids}`);
    }
  }
  judgeOrphans(dataset, related, say);
}

type Say = (
  code: FindingCode,
  node: number,
  pointer: string,
  expected: string | null,
  actual: string | null,
) => void;

/** Receipts without a cause that should have one: they say so, or they consume what a loaded service produced. */
function judgeOrphans({ rows }: Dataset, related: RelatedLinks, say: Say): void {
  const { index, continues, knowsRequests, deadLetterTopics } = related;
  const { nodes } = index;
  const produced = new Set<number>();
  for (let node = 0; node < nodes.receipts; node += 1) {
    if (nodes.boundary[node] === PRODUCE) {
      produced.add(nodes.topic[node] ?? 0);
    }
  }
  produced.delete(0);
  for (let node = 0; node < nodes.receipts; node += 1) {
    if (index.parentCount(node) > 0) {
      continue;
    }
    const topic = nodes.topic[node] ?? 0;
    const isRead =
      nodes.boundary[node] === CONSUME && produced.has(topic) && !deadLetterTopics.has(topic);
    const isChild = rows.has(rows.find(nodes.row[node] ?? -1), FLAG.child);
    if (continues[node] === 1 && (knowsRequests || !isChild)) {
      say("LNK-008", node, POINTERS["call-chain"], null, null);
    } else if (isRead) {
      say("LNK-008", node, "", null, nodes.texts[topic] ?? "");
    }
  }
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

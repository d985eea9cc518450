import { toHex } from "@/kernel/encoding.ts";
import { asText, type JsonObject, member } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { statedIn } from "@/kernel/statement/signed-statement.ts";
import { hashText } from "@/kernel/texts.ts";
import { LINK_SOURCES, STRENGTHS } from "@/lib/chain/model.ts";
import type { LinkParts } from "./relate-links.ts";

const ASSERTED = STRENGTHS.indexOf("asserted");
const STRENGTH_NUMBERS: ReadonlyMap<unknown, number> = new Map(
  STRENGTHS.map((strength, number) => [strength, number]),
);
const LINEAGE = LINK_SOURCES.indexOf("lineage");
const CHILD_REQUEST = LINK_SOURCES.indexOf("child-request");

/** Lineage that is told apart from receipts: signed statements, and a store's rows, which nobody signed. */
export function addToldLineage(parts: LinkParts, primitives: Primitives): void {
  const { dataset, draft, edges } = parts;
  const lineage = new Map<string, number>();
  for (const { kind, value, signature, key } of dataset.others) {
    const said = kind === "statement" ? statedIn(value) : kind === "request-lineage" ? value : null;
    if (said === null) {
      continue;
    }
    const parent = textOf(said, "parentReceiptId", "parent_receipt_id");
    const child = textOf(said, "childReceiptId", "child_receipt_id");
    if (parent === "" || child === "") {
      addRequestLineage(said, parts, primitives, lineage);
      continue;
    }
    const childNode = draft.nodeOfHash(hashText(child, primitives));
    if (childNode === -1) {
      continue;
    }
    const hash = hashText(parent, primitives);
    const known = draft.nodeOfHash(hash);
    const parentNode = known === -1 ? draft.missingNode(hash, 0, parent) : known;
    const declared = STRENGTH_NUMBERS.get(member(said, "evidenceClass")) ?? ASSERTED;
    // Anybody may sign a statement about others' receipts: what counts is the word of the consequence's kernel.
    const row = draft.rowOfNode[childNode] ?? -1;
    const isOwn = signature === "fits" && draft.stands(row) && dataset.rows.keyOf(row) === key;
    edges.add(parentNode, childNode, LINEAGE, isOwn ? declared : ASSERTED);
  }
}

/** Parents that lineage may name for one request: a hostile store names each of a million. */
const MOST_PARENT_REQUESTS = 8;

function addRequestLineage(
  said: JsonObject,
  { draft, edges, requests }: LinkParts,
  primitives: Primitives,
  told: Map<string, number>,
): void {
  const session = textOf(said, "session_id", "sessionId");
  const inSession = (request: string): Uint8Array =>
    hashText(session === "" ? request : `${session}\u0000${request}`, primitives);
  const child = textOf(said, "request_id", "requestId", "child_request_id", "childRequestId");
  const parent = textOf(said, "parent_request_id", "parentRequestId");
  if (child === "" || parent === "") {
    return;
  }
  const childHash = inSession(child);
  const name = toHex(childHash);
  const earlier = told.get(name) ?? 0;
  if (earlier === MOST_PARENT_REQUESTS) {
    return;
  }
  told.set(name, earlier + 1);
  const parentHash = inSession(parent);
  for (const node of requests.nodesOf(childHash, 0)) {
    const answer = requests.causeOf(parentHash, 0, draft.rowOfNode[node] ?? -1);
    if (answer !== null) {
      edges.add(answer.node, node, CHILD_REQUEST, ASSERTED);
    }
  }
}

/** The first of the members that is a text and not empty, else "". */
function textOf(value: JsonObject, ...names: readonly string[]): string {
  return names.map((name) => asText(member(value, name)) ?? "").find((text) => text !== "") ?? "";
}

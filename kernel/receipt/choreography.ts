import {
  asText,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
} from "../json/value.ts";
import type { PreimageName } from "../signature.ts";
import type { ReceiptForm } from "./detect.ts";
import { countText, groupRequest, kafkaRecordOf } from "./kafka-coordinates.ts";
import { objectAt, text } from "./read.ts";

export type ReceiptLinkSource =
  | "parent-receipt"
  | "call-chain"
  | "child-request"
  | "http-decision"
  | "http-kernel";

/** One thing that a receipt names as what brought it about. */
export interface ReceiptLink {
  readonly source: ReceiptLinkSource;
  /** Whether {@link name} is a receipt's id or a request's, the latter as in {@link Choreography.requests}. */
  readonly space: "receipt" | "request";
  readonly name: string;
  /** As declared, before the signature is looked at. */
  readonly evidence: "asserted" | "observed" | "verified";
  /** Whether the form's usual reading covers the member it was read from; see {@link isCovered}. */
  readonly covered: boolean;
  /** Of that member, from the receipt's own beginning (RFC 6901). */
  readonly pointer: string;
}

/** Where a receipt stands in the choreography, as it says itself. */
export interface Choreography {
  readonly boundary: "consume" | "tool" | "produce" | "checkpoint" | "other";
  /** Empty where it names none. */
  readonly topic: string;
  readonly links: readonly ReceiptLink[];
  /** Request ids under which it may be named; inside a session also `session U+0000 request`. */
  readonly requests: readonly string[];
  /** Coordinates of the Kafka record that a consume judged: `topic U+0000 partition U+0000 offset`. */
  readonly record: string | null;
  /** Key of the record that a consume judged; empty for none. Where octets are no text, the consumer wrote hex. */
  readonly messageKey: string;
  /** The consumer group that it acted for; empty where it names none. */
  readonly group: string;
  /** SHA-256 of the record's value that a consume judged, 64 hex digits; empty for none. */
  readonly bodyHash: string;
  /** It says that it continues something, whether or not it names what. */
  readonly continues: boolean;
}

/** Parents that one receipt may name; a hostile one lists a million. */
export const MOST_LINKS = 1_000;

const NO_LINKS: readonly ReceiptLink[] = [];
const NO_REQUESTS: readonly string[] = [];
/** What most receipts of a log are, made once. */
const PLAIN_CALL: Choreography = {
  boundary: "tool",
  topic: "",
  links: NO_LINKS,
  requests: NO_REQUESTS,
  record: null,
  messageKey: "",
  group: "",
  bodyHash: "",
  continues: false,
};

const CONSUME = "events:consume:";
const PRODUCE = "events:produce:";
/** Joins a session and a request, and a record's coordinates; it never stands inside a part. */
const JOINER = "\u0000";

/**
 * Reads the links, the boundary and the handles of a receipt (decision record 13, wire format 3). Never
 * throws; a link to itself is kept, for the reader of the whole to find.
 */
export function choreography(receipt: JsonObject, form: ReceiptForm): Choreography {
  switch (form) {
    case "child":
      return childChoreography(receipt);
    case "http":
      return httpChoreography(receipt);
    case "documentation":
    case "pre-v1":
    case "v1":
      return toolChoreography(receipt, form);
  }
}

/**
 * Whether the signature that fitted covers the member that a link was read from. A typed reading leaves
 * unknown members out, so a `parent_receipt` that somebody added is under the signature only where the
 * receipt was signed exactly as received.
 */
export function isCovered(link: ReceiptLink, preimage: PreimageName): boolean {
  return link.source !== "parent-receipt" || preimage === "raw" || preimage === "raw-cc-escape";
}

function toolChoreography(receipt: JsonObject, form: ReceiptForm): Choreography {
  const metadata = objectAt(receipt, "metadata");
  const explorer = metadata === null ? null : objectAt(metadata, "chio_explorer");
  const action = objectAt(receipt, "action");
  const parameters = action === null ? null : objectAt(action, "parameters");
  const transaction = metadata === null ? null : objectAt(metadata, "governed_transaction");
  const chain = transaction === null ? null : objectAt(transaction, "call_chain");
  const toolName = text(receipt, "tool_name");
  const boundary = boundaryOf(receipt, toolName, explorer, parameters);
  const requests = distinctPair(
    explorer === null ? "" : text(explorer, "request_id"),
    parameters === null ? "" : text(parameters, "request_id"),
  );
  const hasParent = Object.hasOwn(receipt, "parent_receipt");
  const isPlain = boundary === "tool" && requests === NO_REQUESTS && chain === null && !hasParent;
  if (isPlain && (explorer === null || !Object.hasOwn(explorer, "consumer_group"))) {
    return PLAIN_CALL;
  }
  let links = hasParent ? parentLinks(member(receipt, "parent_receipt"), form) : NO_LINKS;
  const called = chain === null ? null : chainLink(chain);
  if (called !== null) {
    links = [...links, called];
  }
  return {
    boundary,
    topic: topicOf(toolName),
    links,
    requests,
    ...judgedRecord(boundary, parameters, requests),
    group: groupOf(explorer, requests),
    continues: links.length > 0 || (chain !== null && hasContinuation(chain)),
  };
}

/** What a consume says of the record that it judged. */
function judgedRecord(
  boundary: Choreography["boundary"],
  parameters: JsonObject | null,
  requests: readonly string[],
): Pick<Choreography, "record" | "messageKey" | "bodyHash"> {
  if (boundary !== "consume") {
    return { record: null, messageKey: "", bodyHash: "" };
  }
  return {
    record: kafkaRecordOf(parameters, requests),
    messageKey: parameters === null ? "" : text(parameters, "key"),
    bodyHash: parameters === null ? "" : text(parameters, "body_hash"),
  };
}

function groupOf(explorer: JsonObject | null, requests: readonly string[]): string {
  const said = explorer === null ? "" : text(explorer, "consumer_group");
  if (said !== "") {
    return said;
  }
  for (const request of requests) {
    const group = groupRequest(request)?.group ?? "";
    if (group !== "") {
      return group;
    }
  }
  return "";
}

function boundaryOf(
  receipt: JsonObject,
  toolName: string,
  explorer: JsonObject | null,
  parameters: JsonObject | null,
): Choreography["boundary"] {
  if (toolName.startsWith(CONSUME)) {
    return "consume";
  }
  if (toolName.startsWith(PRODUCE)) {
    return "produce";
  }
  const said = explorer === null ? undefined : member(explorer, "boundary");
  if (said === "consume" || said === "produce" || said === "checkpoint") {
    return said;
  }
  if (member(receipt, "receipt_kind") === "checkpoint") {
    return "checkpoint";
  }
  return parameters !== null && isKafkaRecord(parameters) ? "consume" : "tool";
}

/**
 * Whether the parameters are those of a Kafka record, as the reference consumer has it judged. Its scope map may
 * give the topic any tool name.
 */
function isKafkaRecord(parameters: JsonObject): boolean {
  return (
    Object.hasOwn(parameters, "body_length") &&
    Object.hasOwn(parameters, "request_id") &&
    countText(member(parameters, "partition")) !== null &&
    countText(member(parameters, "offset")) !== null &&
    text(parameters, "topic") !== ""
  );
}

function topicOf(toolName: string): string {
  if (toolName.startsWith(CONSUME)) {
    return toolName.slice(CONSUME.length);
  }
  return toolName.startsWith(PRODUCE) ? toolName.slice(PRODUCE.length) : "";
}

/** The documentation's `parent_receipt`: a text, or a list of them where branches join. */
function parentLinks(value: JsonValue | undefined, form: ReceiptForm): readonly ReceiptLink[] {
  const covered = form === "documentation";
  const link = (name: string, pointer: string): ReceiptLink => ({
    source: "parent-receipt",
    space: "receipt",
    name,
    evidence: covered ? "verified" : "asserted",
    covered,
    pointer,
  });
  if (typeof value === "string") {
    const name = part(value);
    return name === "" ? NO_LINKS : [link(name, "/parent_receipt")];
  }
  if (!isArray(value)) {
    return NO_LINKS;
  }
  const links: ReceiptLink[] = [];
  const seen = new Set<string>();
  for (let index = 0; index < value.length && links.length < MOST_LINKS; index += 1) {
    const name = part(asText(value[index]) ?? "");
    if (name !== "" && !seen.has(name)) {
      seen.add(name);
      links.push(link(name, `/parent_receipt/${index}`));
    }
  }
  return links;
}

const CHAIN = "/metadata/governed_transaction/call_chain";

/**
 * The effective link of a call chain. What the caller only claimed (`assertedContext`) is no link. A chain
 * whose parent request is the chain itself has just begun.
 */
function chainLink(chain: JsonObject): ReceiptLink | null {
  const said = member(chain, "evidenceClass");
  const evidence = said === "observed" || said === "verified" ? said : "asserted";
  const id = part(text(chain, "parentReceiptId"));
  if (id !== "") {
    const pointer = `${CHAIN}/parentReceiptId`;
    return { source: "call-chain", space: "receipt", name: id, evidence, covered: true, pointer };
  }
  const request = part(text(chain, "parentRequestId"));
  if (request === "" || request === part(text(chain, "chainId"))) {
    return null;
  }
  const pointer = `${CHAIN}/parentRequestId`;
  return {
    source: "call-chain",
    space: "request",
    name: request,
    evidence,
    covered: true,
    pointer,
  };
}

/** Members that only a chain carries that goes on from somewhere. */
function hasContinuation(chain: JsonObject): boolean {
  return (
    text(chain, "continuationTokenId") !== "" ||
    text(chain, "receiptLineageStatementId") !== "" ||
    isObject(member(chain, "upstreamProof"))
  );
}

/** A child request stands under a parent request of its session, whether or not it can be read. */
function childChoreography(receipt: JsonObject): Choreography {
  const session = part(text(receipt, "session_id"));
  const parent = part(text(receipt, "parent_request_id"));
  const link: ReceiptLink = {
    source: "child-request",
    space: "request",
    name: `${session}${JOINER}${parent}`,
    evidence: "verified",
    covered: true,
    pointer: "/parent_request_id",
  };
  return {
    boundary: text(receipt, "operation_kind") === "tool_call" ? "tool" : "other",
    topic: "",
    links: parent === "" ? NO_LINKS : [link],
    requests: scoped(session, part(text(receipt, "request_id"))),
    record: null,
    messageKey: "",
    group: "",
    bodyHash: "",
    continues: true,
  };
}

/** A final HTTP receipt follows its decision receipt, and the kernel receipt of the call behind it. */
function httpChoreography(receipt: JsonObject): Choreography {
  const metadata = objectAt(receipt, "metadata");
  const links: ReceiptLink[] = [];
  for (const [source, name] of HTTP_LINKS) {
    const id = metadata === null ? "" : part(text(metadata, name));
    if (id !== "") {
      const pointer = `/metadata/${name}`;
      links.push({
        source,
        space: "receipt",
        name: id,
        evidence: "verified",
        covered: true,
        pointer,
      });
    }
  }
  return {
    boundary: "other",
    topic: "",
    links,
    requests: scoped(part(text(receipt, "session_id")), part(text(receipt, "request_id"))),
    record: null,
    messageKey: "",
    group: "",
    bodyHash: "",
    continues:
      links.length > 0 ||
      (metadata !== null && member(metadata, "chio_http_status_scope") === "final"),
  };
}

const HTTP_LINKS = [
  ["http-decision", "chio_decision_receipt_id"],
  ["http-kernel", "chio_kernel_receipt_id"],
] as const;

function scoped(session: string, request: string): readonly string[] {
  if (request === "") {
    return NO_REQUESTS;
  }
  return session === "" ? [request] : [`${session}${JOINER}${request}`, request];
}

function distinctPair(first: string, second: string): readonly string[] {
  const one = part(first);
  const other = part(second);
  if (one === "" && other === "") {
    return NO_REQUESTS;
  }
  return one === "" || one === other ? [other] : other === "" ? [one] : [one, other];
}

/** A name that can be joined to another: the joiner inside it becomes a space, as in the columns of ids. */
function part(name: string): string {
  return name.includes(JOINER) ? name.replaceAll(JOINER, " ") : name;
}

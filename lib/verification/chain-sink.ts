import { fromHex } from "@/kernel/encoding.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { type Choreography, isCovered, type ReceiptLink } from "@/kernel/receipt/choreography.ts";
import type { ReceiptInspection } from "@/kernel/receipt/inspect.ts";
import type { PreimageName } from "@/kernel/signature.ts";
import { hashText } from "@/kernel/texts.ts";
import { BOUNDARIES, DECISIONS, STRENGTHS } from "@/lib/chain/model.ts";
import type { RecordFacts } from "@/lib/ingest/kafka/carried.ts";
import {
  type ChainUnit,
  NAME_SPACES,
  NAMES_NONE,
  NAMES_ONE,
  type NameSpace,
  RECEIPT_LINK_SOURCES,
} from "./chain-unit.ts";
import type { DecisionFacts } from "./decision-facts.ts";
import { Interner } from "./interner.ts";
import { pairColumns, push } from "./pairs.ts";
import { NO_NUMBER } from "./unit-result.ts";

/** In {@link ChainUnit.links}: the record that a consume judged, rather than something it names. */
export const RECORD_SOURCE = RECEIPT_LINK_SOURCES.length;

/** Gathers what a unit's receipts and Kafka records say of each other. */
export class ChainSink {
  readonly #primitives: Primitives;
  readonly #texts = new Interner();
  readonly #names = new Map<string, number>();
  readonly #nameTexts: string[] = [];
  readonly #nameSpaces: number[] = [];
  readonly #steps = {
    boundary: [] as number[],
    decision: [] as number[],
    continues: [] as number[],
    service: [] as number[],
    agent: [] as number[],
    tool: [] as number[],
    topic: [] as number[],
    guard: [] as number[],
    scope: [] as number[],
    reason: [] as number[],
    policy: [] as number[],
    key: [] as number[],
    group: [] as number[],
    currency: [] as number[],
    cost: [] as bigint[],
  };
  readonly #links = {
    row: [] as number[],
    source: [] as number[],
    evidence: [] as number[],
    covered: [] as number[],
    name: [] as number[],
  };
  /** Links whose coverage hangs on the text that was signed, by row. */
  readonly #undecided = new Map<number, { readonly link: ReceiptLink; readonly at: number }[]>();
  /** What denied consumes say that they judged: of these alone a dead letter may hold the record. */
  readonly #judged = { row: [] as number[], hash: [] as string[] };
  readonly #handles = { row: [] as number[], name: [] as string[] };
  readonly #carried = { first: [] as number[], second: [] as number[] };
  readonly #pairs = { first: [] as number[], second: [] as number[] };
  readonly #settled = { first: [] as number[], second: [] as number[] };
  readonly #deadLetterTopics = new Set<number>();
  readonly #exported = { records: 0, holding: 0, naming: 0 };
  /** Rows whose id stands otherwise among the ids: whatever names them so names something else. */
  readonly #renamed = new Set<number>();

  constructor(primitives: Primitives) {
    this.#primitives = primitives;
    this.#texts.number("");
  }

  /** Adds the next receipt of the unit; rows are numbered by their order. */
  addReceipt(
    row: number,
    { facts }: ReceiptInspection,
    story: Choreography,
    told: DecisionFacts,
  ): void {
    if (facts.id.includes("\u0000")) {
      this.#renamed.add(row);
    }
    const steps = this.#steps;
    steps.boundary.push(BOUNDARIES.indexOf(story.boundary));
    steps.decision.push(DECISIONS.indexOf(facts.decision));
    const names = story.links.length > 0 ? NAMES_ONE : NAMES_NONE;
    steps.continues.push(story.continues ? names : 0);
    steps.service.push(this.#texts.number(facts.service));
    steps.agent.push(this.#texts.number(facts.agent));
    steps.tool.push(this.#texts.number(facts.toolName));
    steps.topic.push(this.#texts.number(told.topic));
    steps.guard.push(this.#texts.number(facts.guard ?? ""));
    steps.scope.push(this.#texts.number(told.scope));
    steps.reason.push(this.#texts.number(told.reasonPattern));
    steps.policy.push(this.#texts.number(facts.policyHash));
    // Of allowed records too: a rule may ask for the share of refusals of one key.
    steps.key.push(this.#texts.number(told.messageKey));
    steps.group.push(this.#texts.number(told.group));
    if (facts.decision === "deny" && BODY_HASH.test(story.bodyHash)) {
      this.#judged.row.push(row);
      this.#judged.hash.push(story.bodyHash);
    }
    steps.currency.push(this.#texts.number(facts.cost?.currency ?? ""));
    steps.cost.push(facts.cost?.units ?? NO_NUMBER);
    for (const link of story.links) {
      this.#addLink(row, link);
    }
    if (story.record !== null) {
      this.#pushLink(row, RECORD_SOURCE, STRENGTHS.indexOf("observed"), 0, "record", story.record);
    }
    for (const request of story.requests) {
      this.#handles.row.push(row);
      this.#handles.name.push(request);
    }
  }

  /** Tells which text of a receipt its signature fitted: what that leaves out states nothing. */
  settleReceipt(row: number, preimage: PreimageName): void {
    for (const { link, at } of this.#undecided.get(row) ?? []) {
      if (!isCovered(link, preimage)) {
        this.#links.covered[at] = 0;
      }
    }
    this.#undecided.delete(row);
  }

  addRecord(facts: RecordFacts): void {
    const { coordinates, carries, parents, envelope, attempt, topic } = facts;
    const own = envelope?.receiptId ?? "";
    this.#exported.records += 1;
    this.#exported.holding += own === "" ? 0 : 1;
    this.#exported.naming += carries.length === 0 ? 0 : 1;
    for (const id of carries) {
      const receipt = this.#name("receipt", id);
      if (coordinates !== null) {
        push(this.#carried, this.#name("record", coordinates), receipt);
      }
      for (const parent of parents) {
        push(this.#pairs, this.#name("receipt", parent), receipt);
      }
      // The record is on its topic, so the produce that its header names was kept. A record that holds
      // the receipt itself says so below.
      if (id !== own) {
        push(this.#settled, receipt, CONFIRMED);
      }
    }
    if (own !== "") {
      push(this.#settled, this.#name("receipt", own), CONFIRMED);
    }
    if (attempt !== null) {
      push(this.#settled, this.#name("receipt", attempt.receiptId), ROLLED_BACK);
    }
    if (facts.isDeadLetter && topic !== "") {
      this.#deadLetterTopics.add(this.#texts.number(topic));
    }
  }

  #addLink(row: number, link: ReceiptLink): void {
    const { source, space, name, evidence, covered } = link;
    const number = RECEIPT_LINK_SOURCES.indexOf(source);
    if (source === "parent-receipt" && covered) {
      const list = this.#undecided.get(row) ?? [];
      list.push({ link, at: this.#links.row.length });
      this.#undecided.set(row, list);
    }
    this.#pushLink(row, number, STRENGTHS.indexOf(evidence), covered ? 1 : 0, space, name);
  }

  #pushLink(
    row: number,
    source: number,
    evidence: number,
    covered: number,
    space: NameSpace,
    name: string,
  ): void {
    const links = this.#links;
    links.row.push(row);
    links.source.push(source);
    links.evidence.push(evidence);
    links.covered.push(covered);
    links.name.push(this.#name(space, name));
  }

  #name(space: NameSpace, text: string): number {
    const number = NAME_SPACES.indexOf(space);
    const key = `${number}${text}`;
    const known = this.#names.get(key);
    if (known !== undefined) {
      return known;
    }
    const next = this.#nameTexts.length;
    this.#names.set(key, next);
    this.#nameTexts.push(text);
    this.#nameSpaces.push(number);
    return next;
  }

  /** @param ids of the unit's receipts, by row */
  columns(ids: readonly string[]): ChainUnit {
    const steps = this.#steps;
    const links = this.#links;
    const handles = this.#handles;
    return {
      exported: { ...this.#exported },
      texts: this.#texts.values,
      steps: {
        boundary: Uint8Array.from(steps.boundary),
        decision: Uint8Array.from(steps.decision),
        continues: Uint8Array.from(steps.continues),
        service: Uint32Array.from(steps.service),
        agent: Uint32Array.from(steps.agent),
        tool: Uint32Array.from(steps.tool),
        topic: Uint32Array.from(steps.topic),
        guard: Uint32Array.from(steps.guard),
        scope: Uint32Array.from(steps.scope),
        reason: Uint32Array.from(steps.reason),
        policy: Uint32Array.from(steps.policy),
        key: Uint32Array.from(steps.key),
        group: Uint32Array.from(steps.group),
        currency: Uint32Array.from(steps.currency),
        cost: BigUint64Array.from(steps.cost),
      },
      names: this.#nameColumns(ids),
      links: {
        count: links.row.length,
        row: Uint32Array.from(links.row),
        source: Uint8Array.from(links.source),
        evidence: Uint8Array.from(links.evidence),
        covered: Uint8Array.from(links.covered),
        name: Uint32Array.from(links.name),
      },
      handles: {
        count: handles.row.length,
        row: Uint32Array.from(handles.row),
        hash: this.#hashes(handles.name),
      },
      judged: {
        count: this.#judged.row.length,
        row: Uint32Array.from(this.#judged.row),
        hash: joinHashes(this.#judged.hash),
      },
      carried: pairColumns(this.#carried),
      pairs: pairColumns(this.#pairs),
      settled: pairColumns(this.#settled),
      deadLetterTopics: Uint32Array.from(this.#deadLetterTopics),
    };
  }

  #nameColumns(ids: readonly string[]): ChainUnit["names"] {
    const count = this.#nameTexts.length;
    const local = new Int32Array(count).fill(-1);
    const receiptSpace = NAME_SPACES.indexOf("receipt");
    for (let row = ids.length - 1; row >= 0; row -= 1) {
      const name = this.#names.get(`${receiptSpace}${ids[row]}`);
      if (name !== undefined && !this.#renamed.has(row)) {
        local[name] = row;
      }
    }
    const texts = this.#nameTexts.map((text, name) => (local[name] === -1 ? text : ""));
    return {
      count,
      space: Uint8Array.from(this.#nameSpaces),
      local,
      hash: this.#hashes(texts),
      texts,
    };
  }

  /** Hashes of texts; empty ones, which name nothing, stay zero. */
  #hashes(texts: readonly string[]): Uint8Array {
    const hashes = new Uint8Array(texts.length * 32);
    for (const [index, text] of texts.entries()) {
      if (text !== "") {
        hashes.set(hashText(text, this.#primitives), index * 32);
      }
    }
    return hashes;
  }
}

/** 64 hex digits, as the consumer writes a SHA-256. */
const BODY_HASH = /^[0-9a-f]{64}$/;

function joinHashes(hashes: readonly string[]): Uint8Array {
  const joined = new Uint8Array(hashes.length * 32);
  for (const [index, hash] of hashes.entries()) {
    joined.set(fromHex(hash) ?? new Uint8Array(32), index * 32);
  }
  return joined;
}

/** In the second column of {@link ChainUnit.settled}. */
export const CONFIRMED = 1;
export const ROLLED_BACK = 2;

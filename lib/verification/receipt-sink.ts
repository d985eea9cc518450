import type { ReceiptInspection } from "@/kernel/receipt/inspect.ts";
import type { DecisionFacts } from "./decision-facts.ts";
import { guardList } from "./guard-list.ts";
import { Interner } from "./interner.ts";
import { FORMS, NO_NUMBER, type ReceiptColumns, type ReceiptTexts } from "./unit-result.ts";

/** The joiner of ids; it never stands inside one. */
export const ID_SEPARATOR = "\u0000";

/** Grows the columns of one unit, row by row. */
export class ReceiptSink {
  readonly keys = new Interner();
  readonly capabilities = new Interner();
  readonly pointers = new Interner();
  readonly texts: ReceiptTexts = {
    id: [],
    capabilityId: [],
    agent: [],
    service: [],
    toolServer: [],
    toolName: [],
    decision: [],
    guard: [],
    reason: [],
    trustLevel: [],
    tenantId: [],
    policyHash: [],
    reasonPattern: [],
    scope: [],
    topic: [],
    messageKey: [],
    group: [],
    currency: [],
    guards: [],
    costUnits: [],
    sourcePartition: [],
    sourceOffset: [],
  };
  readonly #line: number[] = [];
  readonly #offset: number[] = [];
  readonly #length: number[] = [];
  readonly #seq: bigint[] = [];
  readonly #timestamp: bigint[] = [];
  readonly #form: number[] = [];
  readonly #flags: number[] = [];
  readonly #key: number[] = [];
  readonly #capability: number[] = [];
  readonly #pointer: number[] = [];
  #identity = new Uint8Array(32 * 1024);
  #leaf = new Uint8Array(32 * 1024);

  get count(): number {
    return this.#line.length;
  }

  /** Adds a row without its flags and leaf, which follow when its signature was checked. */
  add(
    place: { readonly line: number; readonly offset: number; readonly length: number },
    inspection: ReceiptInspection,
    pointer: string,
    seq: bigint | null,
    identity: Uint8Array,
    told: DecisionFacts,
  ): number {
    const row = this.#line.length;
    const { facts } = inspection;
    this.#line.push(place.line);
    this.#offset.push(place.offset);
    this.#length.push(place.length);
    this.#seq.push(seq ?? NO_NUMBER);
    this.#timestamp.push(facts.timestamp ?? NO_NUMBER);
    this.#form.push(FORMS.indexOf(inspection.form));
    this.#flags.push(0);
    this.#key.push(this.keys.number(canonicalKey(inspection)));
    this.#capability.push(this.capabilities.number(facts.capabilityId));
    this.#pointer.push(this.pointers.number(pointer));
    if ((row + 1) * 32 > this.#identity.length) {
      this.#identity = doubled(this.#identity);
      this.#leaf = doubled(this.#leaf);
    }
    this.#identity.set(identity, row * 32);
    const { texts } = this;
    texts.id.push(facts.id.replaceAll(ID_SEPARATOR, " "));
    texts.capabilityId.push(facts.capabilityId);
    texts.agent.push(facts.agent);
    texts.service.push(facts.service);
    texts.toolServer.push(facts.toolServer);
    texts.toolName.push(facts.toolName);
    texts.decision.push(facts.decision);
    texts.guard.push(facts.guard ?? "");
    texts.reason.push(facts.reason ?? "");
    texts.trustLevel.push(facts.trustLevel);
    texts.tenantId.push(facts.tenantId ?? "");
    texts.policyHash.push(facts.policyHash);
    texts.reasonPattern.push(told.reasonPattern);
    texts.scope.push(told.scope);
    texts.topic.push(told.topic);
    texts.messageKey.push(told.messageKey);
    texts.group.push(told.group);
    texts.currency.push(facts.cost?.currency ?? "");
    texts.guards.push(guardList(facts.evidence));
    texts.costUnits.push(facts.cost?.units ?? NO_NUMBER);
    texts.sourcePartition.push(told.sourcePartition);
    texts.sourceOffset.push(told.sourceOffset);
    return row;
  }

  settle(row: number, flags: number, leaf: Uint8Array): void {
    this.#flags[row] = flags;
    this.#leaf.set(leaf, row * 32);
  }

  flagsOf(row: number): number {
    return this.#flags[row] ?? 0;
  }

  columns(): ReceiptColumns {
    const count = this.#line.length;
    return {
      count,
      line: Uint32Array.from(this.#line),
      offset: Float64Array.from(this.#offset),
      length: Uint32Array.from(this.#length),
      seq: BigUint64Array.from(this.#seq),
      timestamp: BigUint64Array.from(this.#timestamp),
      form: Uint8Array.from(this.#form),
      flags: Uint16Array.from(this.#flags),
      key: Uint32Array.from(this.#key),
      capability: Uint32Array.from(this.#capability),
      pointer: Uint32Array.from(this.#pointer),
      identity: this.#identity.slice(0, count * 32),
      leaf: this.#leaf.slice(0, count * 32),
    };
  }
}

/** The key as the rest of the run names it: in normal form where it can be read, else as it stands. */
function canonicalKey(inspection: ReceiptInspection): string {
  return inspection.claim?.key.canonical ?? inspection.facts.kernelKey;
}

export function doubled(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(bytes.length * 2);
  larger.set(bytes);
  return larger;
}

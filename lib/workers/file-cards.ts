import type { Member } from "@/lib/ingest/record.ts";
import type { FileCard } from "@/lib/session/model.ts";
import type { RecordCounts } from "@/lib/verification/chain-unit.ts";
import { DEAD_LETTER_KINDS } from "@/lib/verification/dead-letter-sink.ts";
import { NO_NUMBER, type OtherKind, type UnitResult } from "@/lib/verification/unit-result.ts";
import { FormTally } from "./form-tally.ts";

const FAILURE = DEAD_LETTER_KINDS.indexOf("failure");

interface Card {
  readonly id: string;
  readonly name: string;
  size: number;
  members: number;
  inputs: number;
  container: string;
  finished: boolean;
  damaged: boolean;
  records: number;
  rejected: number;
  receipts: number;
  proofs: number;
  exported: RecordCounts;
  deadLetters: number;
  failures: number;
  readonly forms: FormTally;
  kinds: Map<OtherKind, number>;
  firstSeq: bigint | null;
  lastSeq: bigint | null;
}

const LABELS: readonly (readonly [OtherKind, string])[] = [
  ["checkpoint", "Checkpoints"],
  ["consistency-record", "Consistency records"],
  ["publication", "Publications"],
  ["witness", "Witness records"],
  ["equivocation-record", "Equivocation records"],
  ["capability", "Capability tokens"],
  ["lineage", "Lineage rows"],
  ["request-lineage", "Request lineage rows"],
  ["tool-manifest", "Tool manifests"],
  ["statement", "Signed statements"],
  ["anchor-proof", "Anchor proofs"],
  ["evidence-manifest", "Manifests"],
  ["revocation", "Revocations"],
  ["budget", "Budget rows"],
  ["claim-entry", "Claim log rows"],
  ["trust-file", "Trust files"],
];

/**
 * One card for everything that was dropped under one name: a file, an archive, or a folder with all its
 * files. Counts grow while the run goes on.
 */
export class FileCards {
  readonly #cards = new Map<string, Card>();
  readonly #ofMember = new Map<number, Card>();
  readonly #ofInput = new Map<number, Card>();

  /** A dropped file: `folder/file` belongs to the folder's card. */
  addInput(drop: number, input: number, path: string, size: number): void {
    const slash = path.indexOf("/");
    const name = slash < 0 ? path : path.slice(0, slash);
    const id = slash < 0 ? `${drop}:${input}` : `${drop}:${name}/`;
    let card = this.#cards.get(id);
    if (card === undefined) {
      card = emptyCard(id, name);
      this.#cards.set(id, card);
    }
    card.size += size;
    card.inputs += 1;
    this.#ofInput.set(input, card);
  }

  recognised(input: number, as: string): void {
    const card = this.#ofInput.get(input);
    if (card !== undefined && as !== "file") {
      card.container = as;
    }
  }

  addMember({ id, input, reading, readAs }: Member): void {
    const card = this.#ofInput.get(input);
    if (card !== undefined) {
      card.members += 1;
      card.forms.addMember(reading, readAs);
      this.#ofMember.set(id, card);
    }
  }

  damaged(input: number): void {
    const card = this.#ofInput.get(input);
    if (card !== undefined) {
      card.damaged = true;
    }
  }

  add(result: UnitResult): void {
    const card = this.#ofMember.get(result.member);
    if (card === undefined) {
      return;
    }
    card.records += result.records;
    card.rejected += result.rejects.length;
    card.receipts += result.receipts.count;
    card.proofs += result.proofs.count;
    card.forms.add(result.exported);
    card.exported = sum(card.exported, result.chain.exported);
    const { kind } = result.deadLetters;
    const failures = kind.reduce((total, each) => total + (each === FAILURE ? 1 : 0), 0);
    card.deadLetters += kind.length - failures;
    card.failures += failures;
    for (const { kind } of result.others) {
      card.kinds.set(kind, (card.kinds.get(kind) ?? 0) + 1);
    }
    for (const seq of result.receipts.seq) {
      if (seq !== NO_NUMBER) {
        card.firstSeq = card.firstSeq === null || seq < card.firstSeq ? seq : card.firstSeq;
        card.lastSeq = card.lastSeq === null || seq > card.lastSeq ? seq : card.lastSeq;
      }
    }
  }

  finish(): void {
    for (const card of this.#cards.values()) {
      card.finished = true;
    }
  }

  cards(): readonly FileCard[] {
    return [...this.#cards.values()].map(shown);
  }
}

function emptyCard(id: string, name: string): Card {
  return {
    id,
    name,
    size: 0,
    members: 0,
    inputs: 0,
    container: "",
    finished: false,
    damaged: false,
    records: 0,
    rejected: 0,
    receipts: 0,
    proofs: 0,
    exported: { records: 0, holding: 0, naming: 0 },
    deadLetters: 0,
    failures: 0,
    forms: new FormTally(),
    kinds: new Map(),
    firstSeq: null,
    lastSeq: null,
  };
}

function shown(card: Card): FileCard {
  return {
    id: card.id,
    name: card.name,
    size: card.size,
    members: card.members,
    understanding: understandingOf(card),
    recognisedAs: recognisedAs(card),
    facts: factsOf(card),
    unlocks: unlocks(card),
    isTrustFile: isTrustFile(card),
    readAs: card.forms.readAs(card.finished && card.records - card.rejected <= 0),
  };
}

function sum(a: RecordCounts, b: RecordCounts): RecordCounts {
  return {
    records: a.records + b.records,
    holding: a.holding + b.holding,
    naming: a.naming + b.naming,
  };
}

function understandingOf(card: Card): FileCard["understanding"] {
  if (!card.finished) {
    return "reading";
  }
  const understood = card.records - card.rejected;
  if (understood <= 0) {
    return "not-understood";
  }
  return card.rejected > 0 || card.damaged ? "in-part" : "understood";
}

function recognisedAs(card: Card): string {
  if (isTrustFile(card)) {
    return "Trust file";
  }
  if (card.container.startsWith("SQLite")) {
    return card.container;
  }
  if (has(card, "evidence-manifest")) {
    return "Evidence package";
  }
  if (card.exported.records > 0) {
    if (card.deadLetters > 0 && card.exported.records === card.records) {
      return "Dead-letter export";
    }
    return card.exported.records === card.records
      ? "Kafka record export"
      : "Kafka records and others";
  }
  if (card.receipts > 0) {
    return card.kinds.size > 0 || card.proofs > 0 ? "Receipts and proofs" : "Receipt log";
  }
  if (has(card, "checkpoint")) {
    return "Checkpoints";
  }
  if (card.proofs > 0) {
    return "Inclusion proofs";
  }
  const first = LABELS.find(([kind]) => has(card, kind));
  if (first !== undefined) {
    return first[1];
  }
  return card.finished ? "No record that is known here" : "Being read";
}

function factsOf(card: Card): FileCard["facts"] {
  const facts: { label: string; value: string }[] = [];
  const count = (label: string, value: number): void => {
    if (value > 0) {
      facts.push({ label, value: value.toLocaleString("en-US") });
    }
  };
  count("Kafka records", card.exported.records);
  count("with a receipt", card.exported.holding);
  count("with a receipt’s id in a header", card.exported.naming);
  count("Denied events", card.deadLetters);
  count("Processing failures", card.failures);
  count("Receipts", card.receipts);
  count("Inclusion proofs", card.proofs);
  for (const [kind, label] of LABELS) {
    count(label, card.kinds.get(kind) ?? 0);
  }
  count("Rows not understood", card.rejected);
  if (card.firstSeq !== null && card.lastSeq !== null) {
    const [first, last] = [card.firstSeq, card.lastSeq].map((seq) => seq.toLocaleString("en-US"));
    facts.push({ label: "Sequence", value: `${first} to ${last}` });
  }
  if (card.damaged) {
    facts.push({ label: "Damage", value: "read as far as possible" });
  }
  return facts;
}

function unlocks(card: Card): string {
  if (isTrustFile(card)) {
    return "Turns “self-consistent” into “verified”.";
  }
  if (card.receipts > 0 && has(card, "checkpoint")) {
    return "Makes all five questions answerable.";
  }
  if (card.receipts > 0) {
    return "Makes “authentic” and “unaltered” answerable.";
  }
  if (has(card, "checkpoint") || card.proofs > 0) {
    return "Makes “included” and “complete” answerable for its receipts.";
  }
  if (card.deadLetters > 0) {
    return "Shows what agents were not allowed to do.";
  }
  if (card.exported.records > 0) {
    return "Shows which receipt led to which across topics.";
  }
  if (has(card, "revocation")) {
    return "Shows which receipts came after a revocation.";
  }
  return card.finished && card.records - card.rejected <= 0
    ? "Nothing. Looked for receipts, checkpoints, proofs, tokens and trust files."
    : "Adds what it says about the receipts beside it.";
}

function isTrustFile(card: Card): boolean {
  const found = card.kinds.get("trust-file") ?? 0;
  return found > 0 && found === card.records;
}

function has(card: Card, kind: OtherKind): boolean {
  return (card.kinds.get(kind) ?? 0) > 0;
}

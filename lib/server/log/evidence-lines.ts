import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { textLeafHash } from "@/kernel/merkle/hasher.ts";
import { merkleTree } from "@/kernel/merkle/tree.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { jsonInteger } from "@/kernel/record-members.ts";
import { ChainTree } from "@/lib/evidence/chain-tree.ts";
import type { CheckpointRecord } from "@/lib/evidence/checkpoint.ts";
import {
  consistencyOf,
  isOneLog,
  publicationOf,
  witnessOf,
  wrappedProof,
} from "@/lib/evidence/derived-records.ts";
import type { LineageStore } from "../store/lineage-store.ts";
import type { LogEntryRow, ReceiptStore } from "../store/receipt-store.ts";
import type { ExportTally } from "./export-tally.ts";

const PAGE = 500;

/** `{seq, receipt}` of one table in its own numbering; a receipt stands as the text that was signed. */
export function* receiptLines(
  receipts: ReceiptStore,
  kind: LogEntryRow["kind"],
  lastCovered: bigint,
  tally: ExportTally,
): Generator<string, void> {
  for (const entry of allEntries(receipts)) {
    if (entry.kind !== kind) {
      continue;
    }
    if (kind === "tool") {
      tally.tool += 1;
      tally.covered += entry.entrySeq <= lastCovered ? 1 : 0;
    } else {
      tally.child += 1;
    }
    yield `{"seq":${entry.seq},"receipt":${entry.json}}\n`;
  }
}

/** Which receipt stands at which place of the log: the rows of the store's claim log without their receipts. */
export function* claimLogLines(receipts: ReceiptStore): Generator<string, void> {
  for (const { entrySeq, kind, seq } of allEntries(receipts)) {
    yield line({
      entry_seq: jsonInteger(entrySeq),
      receipt_kind: `${kind}_receipt`,
      source_seq: jsonInteger(seq),
    });
  }
}

/** The receipts of HTTP requests in the order in which they were stored, as the texts that were signed. */
export function* httpReceiptLines(receipts: ReceiptStore): Generator<string, void> {
  for (let last = 0n; ; ) {
    const page = receipts.httpAfter(last, PAGE);
    for (const { number, json } of page) {
      last = number;
      yield `${json}\n`;
    }
    if (page.length < PAGE) {
      return;
    }
  }
}

function* allEntries(receipts: ReceiptStore): Generator<LogEntryRow, void> {
  for (let last = 0n; ; ) {
    const page = receipts.entriesAfter(last, PAGE);
    yield* page;
    last = page.at(-1)?.entrySeq ?? last;
    if (page.length < PAGE) {
      return;
    }
  }
}

export function* checkpointLines(records: readonly CheckpointRecord[]): Generator<string, void> {
  for (const { value } of records) {
    yield line(value);
  }
}

export function* publicationLines(
  records: readonly CheckpointRecord[],
  primitives: Primitives,
): Generator<string, void> {
  for (const record of records) {
    yield line(publicationOf(record, primitives));
  }
}

export function* witnessLines(
  records: readonly CheckpointRecord[],
  primitives: Primitives,
): Generator<string, void> {
  for (const [from, to] of successions(records)) {
    yield line(witnessOf(from, to, primitives));
  }
}

export function* consistencyLines(
  records: readonly CheckpointRecord[],
  primitives: Primitives,
): Generator<string, void> {
  const chain = new ChainTree(primitives.sha256);
  for (const { chainLeaf } of records) {
    chain.append(chainLeaf);
  }
  for (const [from, to] of successions(records)) {
    yield line(consistencyOf(from, to, chain, primitives));
  }
}

/** Pairs of neighbours in one log. */
function* successions(
  records: readonly CheckpointRecord[],
): Generator<readonly [CheckpointRecord, CheckpointRecord], void> {
  for (const [index, to] of records.entries()) {
    const from = records[index - 1];
    if (from !== undefined && isOneLog(from, to)) {
      yield [from, to];
    }
  }
}

export function* lineageLines(lineage: LineageStore, tally: ExportTally): Generator<string, void> {
  for (let last = ""; ; ) {
    const page = lineage.after(last, PAGE);
    for (const row of page) {
      last = row.capabilityId;
      tally.lineage += 1;
      yield line({
        capability_id: row.capabilityId,
        subject_key: row.subjectKey,
        issuer_key: row.issuerKey,
        issued_at: jsonInteger(row.issuedAt),
        expires_at: jsonInteger(row.expiresAt),
        grants_json: row.grantsJson,
        delegation_depth: jsonInteger(row.delegationDepth),
        parent_capability_id: row.parentCapabilityId,
      });
    }
    if (page.length < PAGE) {
      return;
    }
  }
}

/** A proof for each tool receipt under each checkpoint; child receipts have leaves, and as upstream no proof. */
export function* inclusionLines(
  receipts: ReceiptStore,
  records: readonly CheckpointRecord[],
  primitives: Primitives,
  tally: ExportTally,
): Generator<string, void> {
  for (const record of records) {
    const entries = receipts.entriesAfter(BigInt(record.start - 1), record.end - record.start + 1);
    const leaves = entries.map(({ json }) => textLeafHash(json, primitives));
    const tree = merkleTree(leaves, primitives.sha256);
    for (const [index, entry] of entries.entries()) {
      if (entry.kind === "tool") {
        tally.inclusion += 1;
        const path = tree.inclusionProof(index);
        yield line(wrappedProof(record, Number(entry.seq), leaves.length, index, path));
      }
    }
  }
}

function line(record: JsonObject): string {
  return `${canonicalize(record)}\n`;
}

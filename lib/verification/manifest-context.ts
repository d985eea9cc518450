import type { JsonObject } from "@/kernel/json/value.ts";
import type { Dataset } from "./dataset.ts";
import { Folders } from "./folders.ts";
import type { Draft, Ledger } from "./ledger.ts";
import type { Log } from "./log.ts";
import type { CollectionCounts } from "./manifest-counts.ts";
import { checkManifest, isFiltered, listedFilesOf } from "./manifests.ts";
import type { Sequence } from "./sequence.ts";
import { FLAG, type OtherKind } from "./unit-result.ts";

/**
 * Members that a manifest lists with their hash and that hold nothing recognisable: documents, not rows. A
 * manifest is unsigned, so it excuses no row that is an error.
 */
export function listedDocuments(dataset: Dataset): ReadonlySet<number> {
  const { members } = dataset;
  const rejected = new Map<number, number>();
  const ambiguous = new Set<number>();
  for (const { member, severity } of dataset.rejects) {
    rejected.set(member, (rejected.get(member) ?? 0) + 1);
    if (severity === "error") {
      ambiguous.add(member);
    }
  }
  const byPath = new Map(members.all.map((member) => [member.path, member]));
  const listed = new Set<number>();
  for (const manifest of dataset.others) {
    const own = members.get(manifest.member);
    if (manifest.kind !== "evidence-manifest" || own === undefined) {
      continue;
    }
    for (const { path, sha256 } of listedFilesOf(manifest.value)) {
      const member = byPath.get(own.collection === "" ? path : `${own.collection}/${path}`);
      if (
        member?.sha256 === sha256 &&
        !ambiguous.has(member.id) &&
        rejected.get(member.id) === members.recordsOf(member.id)
      ) {
        listed.add(member.id);
      }
    }
  }
  return listed;
}

/** Collections whose export had a filter. */
export function filteredCollections(dataset: Dataset): ReadonlySet<string> {
  const filtered = new Set<string>();
  for (const { kind, value, member } of dataset.others) {
    const hasFilter =
      (kind === "evidence-manifest" && isFiltered(value)) ||
      (kind === "query" && Object.values(value).some((filter) => filter !== null));
    if (hasFilter) {
      filtered.add(dataset.members.collectionOf(member));
    }
  }
  return filtered;
}

/** Compares every manifest with its files, and explains what differs by what was found inside. */
export function checkManifests(
  dataset: Dataset,
  logs: readonly Log[],
  sequences: readonly Sequence[],
  ledger: Ledger,
): void {
  const manifests = dataset.others.filter(({ kind }) => kind === "evidence-manifest");
  if (manifests.length === 0) {
    return;
  }
  const causeByMember = new Map<number, Draft>();
  const causeByCollection = new Map<string, Draft>();
  for (const draft of ledger.drafts) {
    if (draft.severity !== "error" || draft.cause !== null) {
      continue;
    }
    const { member } = draft.place;
    const collection = dataset.members.collectionOf(member);
    causeByMember.set(member, causeByMember.get(member) ?? draft);
    causeByCollection.set(collection, causeByCollection.get(collection) ?? draft);
  }
  const queries = new Map<number, JsonObject>();
  for (const { kind, value, member } of dataset.others) {
    if (kind === "query") {
      queries.set(member, value);
    }
  }
  const counts = countMembers(dataset, logs, sequences);
  const folders = new Folders(dataset.members.all);
  const enumerated = new Set<string>();
  for (const manifest of manifests) {
    checkManifest(manifest, {
      members: dataset.members,
      folders,
      enumerated,
      ledger,
      queries,
      countsOf: (files) => sumOf(files.map(({ id }) => counts.get(id) ?? NOTHING)),
      causeIn: (id) => causeByMember.get(id) ?? null,
      causeInCollection: (collection) => causeByCollection.get(collection) ?? null,
    });
  }
}

const NOTHING: CollectionCounts = {
  toolReceipts: 0,
  childReceipts: 0,
  checkpoints: 0,
  capabilityLineage: 0,
  inclusionProofs: 0,
  publications: 0,
  witnesses: 0,
  consistencyProofs: 0,
  uncheckpointedReceipts: 0,
};

const COUNTED = [
  "toolReceipts",
  "childReceipts",
  "checkpoints",
  "capabilityLineage",
  "inclusionProofs",
  "publications",
  "witnesses",
  "consistencyProofs",
] as const;

const NAMES: Partial<Record<OtherKind, (typeof COUNTED)[number]>> = {
  checkpoint: "checkpoints",
  lineage: "capabilityLineage",
  publication: "publications",
  witness: "witnesses",
  "consistency-record": "consistencyProofs",
};

type Tally = { -readonly [name in keyof CollectionCounts]: CollectionCounts[name] };

function sumOf(parts: readonly CollectionCounts[]): CollectionCounts {
  const sum: Tally = { ...NOTHING };
  for (const part of parts) {
    for (const name of COUNTED) {
      sum[name] += part[name];
    }
    const { uncheckpointedReceipts: before } = sum;
    const { uncheckpointedReceipts: more } = part;
    sum.uncheckpointedReceipts = before === null || more === null ? null : before + more;
  }
  return sum;
}

/** What the rows of every member amount to. */
function countMembers(
  dataset: Dataset,
  logs: readonly Log[],
  sequences: readonly Sequence[],
): ReadonlyMap<number, CollectionCounts> {
  const { rows, proofs, others } = dataset;
  const counts = new Map<number, Tally>();
  const tallyOf = (member: number): Tally => {
    const known = counts.get(member) ?? { ...NOTHING };
    counts.set(member, known);
    return known;
  };
  const covered = coveredRows(rows.count, logs, sequences, rows.seq);
  for (const unit of rows.units) {
    const tally = tallyOf(unit.member);
    for (let row = unit.first; row < unit.first + unit.count; row += 1) {
      if (rows.has(row, FLAG.child)) {
        tally.childReceipts += 1;
      } else if (!rows.has(row, FLAG.http)) {
        // A manifest counts what stands in the log; HTTP receipts stand beside it.
        tally.toolReceipts += 1;
        tally.uncheckpointedReceipts = countMore(
          tally.uncheckpointedReceipts,
          covered[row] ?? NOT_COVERED,
        );
      }
    }
  }
  for (const { kind, member } of others) {
    const name = NAMES[kind];
    if (name !== undefined) {
      tallyOf(member)[name] += 1;
    }
  }
  for (const [member, number] of proofs.perMember()) {
    tallyOf(member).inclusionProofs += number;
  }
  return counts;
}

const NOT_COVERED = 0;
const COVERED = 1;
const UNKNOWN = 2;

/** Null once a row was met of which nobody can say whether a checkpoint counts it. */
function countMore(count: number | null, state: number): number | null {
  return count === null || state === UNKNOWN ? null : count + (state === COVERED ? 0 : 1);
}

/** Which rows a signed checkpoint counts. Without a number, or among child receipts, nobody can say. */
function coveredRows(
  count: number,
  logs: readonly Log[],
  sequences: readonly Sequence[],
  seq: Float64Array,
): Uint8Array {
  const covered = new Uint8Array(count);
  const bySequence = new Map(sequences.map((sequence) => [sequence.log, sequence]));
  for (const log of logs) {
    const sequence = bySequence.get(log);
    for (const row of log.tool) {
      const isCovered = sequence?.isCovered(seq[row] ?? Number.NaN) ?? false;
      covered[row] = log.child.length > 0 ? UNKNOWN : isCovered ? COVERED : NOT_COVERED;
    }
    for (const row of log.checkpoints.length > 0 ? log.unnumbered : []) {
      covered[row] = UNKNOWN;
    }
  }
  return covered;
}

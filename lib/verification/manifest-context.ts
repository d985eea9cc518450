import type { JsonObject } from "@/kernel/json/value.ts";
import type { Dataset } from "./dataset.ts";
import type { Draft, Ledger } from "./ledger.ts";
import type { Log } from "./log.ts";
import { type CollectionCounts, checkManifest, isFiltered, listedFilesOf } from "./manifests.ts";
import type { Sequence } from "./sequence.ts";
import { FLAG } from "./unit-result.ts";

/** Members that a manifest lists with their hash and that hold nothing recognisable: documents, not rows. */
export function listedDocuments(dataset: Dataset): ReadonlySet<number> {
  const { members } = dataset;
  const rejected = new Map<number, number>();
  for (const { member } of dataset.rejects) {
    rejected.set(member, (rejected.get(member) ?? 0) + 1);
  }
  const listed = new Set<number>();
  for (const manifest of dataset.others) {
    const own = members.get(manifest.member);
    if (manifest.kind !== "evidence-manifest" || own === undefined) {
      continue;
    }
    const inside = own.collection === "" ? "" : `${own.collection}/`;
    const hashes = new Map(listedFilesOf(manifest.value).map(({ path, sha256 }) => [path, sha256]));
    for (const member of members.all) {
      const path = member.path.startsWith(inside) ? member.path.slice(inside.length) : "";
      const isOnlyRejects = rejected.get(member.id) === members.recordsOf(member.id);
      if (isOnlyRejects && member.sha256 === hashes.get(path)) {
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

/** Compares every manifest with its collection, and explains what differs by what was found inside. */
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
  for (const manifest of manifests) {
    checkManifest(manifest, {
      members: dataset.members,
      ledger,
      queries,
      countsOf: (collection) => countsOf(collection, dataset, logs, sequences),
      causeIn: (id) => causeByMember.get(id) ?? null,
      causeInCollection: (collection) => causeByCollection.get(collection) ?? null,
    });
  }
}

function countsOf(
  collection: string,
  dataset: Dataset,
  logs: readonly Log[],
  sequences: readonly Sequence[],
): CollectionCounts {
  const { rows, members, proofs, others } = dataset;
  const isInside = (member: number): boolean => members.collectionOf(member) === collection;
  const bySequence = new Map(sequences.map((sequence) => [sequence.log, sequence]));
  let toolReceipts = 0;
  let childReceipts = 0;
  let uncheckpointedReceipts = 0;
  for (const unit of rows.units) {
    if (!isInside(unit.member)) {
      continue;
    }
    const log = logs.find(({ members: own }) => own.has(unit.member));
    const sequence = log && bySequence.get(log);
    for (let row = unit.first; row < unit.first + unit.count; row += 1) {
      if (rows.has(row, FLAG.child)) {
        childReceipts += 1;
      } else {
        toolReceipts += 1;
        uncheckpointedReceipts += sequence?.isCovered(rows.seq[row] ?? Number.NaN) ? 0 : 1;
      }
    }
  }
  const numberOf = (kind: string): number =>
    others.filter((other) => other.kind === kind && isInside(other.member)).length;
  return {
    toolReceipts,
    childReceipts,
    checkpoints: numberOf("checkpoint"),
    capabilityLineage: numberOf("lineage"),
    inclusionProofs: proofs.countIn(isInside),
    uncheckpointedReceipts,
  };
}

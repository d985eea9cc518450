import { asText, asU64, member } from "@/kernel/json/value.ts";
import { checkAnchor } from "./anchors.ts";
import { BatchTrees, INCLUSION, type Inclusion, noInclusion } from "./batch-trees.ts";
import { checkCapabilities } from "./capabilities.ts";
import { type Chain, chainsOf, checkChain, findForks } from "./chains.ts";
import { type Checkpoint, readCheckpoint } from "./checkpoints.ts";
import type { ConcludeOptions, Dataset } from "./dataset.ts";
import { byDigest, checkDerivedRecords } from "./derived-records.ts";
import { type Drafted, draftFindings } from "./draft-findings.ts";
import { type Copies, findCopies, judgeCopies } from "./duplicates.ts";
import { checkProof } from "./inclusion.ts";
import { type Draft, Ledger } from "./ledger.ts";
import type { ClaimEntry, Log } from "./log.ts";
import { findLogs } from "./logs.ts";
import { checkManifests, filteredCollections, listedDocuments } from "./manifest-context.ts";
import { placeOf } from "./members.ts";
import { noteOfferedTrust } from "./offered-trust.ts";
import type { Verdict } from "./report.ts";
import { absenceIndex, checkSequence, type Sequence } from "./sequence.ts";
import { judgeKeys, type KeyStandings } from "./standing.ts";
import { type RowStatuses, settleRows } from "./statuses.ts";
import { composeVerdict } from "./verdict.ts";

/** Proofs and rows between two pauses. */
const STRIDE = 4_096;

/** What a conclusion leaves behind, besides the verdict, for the pages and the drawer. */
export interface Conclusion {
  readonly verdict: Verdict;
  readonly statuses: RowStatuses;
  readonly inclusion: Inclusion;
  readonly checkpoints: readonly Checkpoint[];
  readonly logs: readonly Log[];
  readonly sequences: readonly Sequence[];
  readonly copies: Copies;
  /** Findings by database row, for the drawer. */
  readonly findingsOfRow: ReadonlyMap<number, readonly string[]>;
}

/** All that the steps of a conclusion share; each step reads what the earlier ones found. */
export interface Relations {
  readonly dataset: Dataset;
  readonly options: ConcludeOptions;
  readonly ledger: Ledger;
  readonly drafted: Drafted;
  readonly copies: Copies;
  readonly checkpoints: readonly Checkpoint[];
  readonly logs: readonly Log[];
  readonly chains: readonly Chain[];
  readonly forks: number;
  readonly sequences: readonly Sequence[];
  readonly inclusion: Inclusion;
  readonly standings: KeyStandings;
}

/**
 * Relates every record to its neighbours, in the order in which a person would: what each record says of
 * itself, one history, nothing missing, each receipt inside it, each signer known. Later steps may explain
 * a finding by an earlier one, never the other way round.
 */
export async function conclude(dataset: Dataset, options: ConcludeOptions): Promise<Conclusion> {
  const { rows, members } = dataset;
  const { primitives } = options.platform;
  const ledger = new Ledger();
  const groupOf = (id: number): string => members.groupOf(id);
  const listed = listedDocuments(dataset);
  const drafted = draftFindings(dataset, listed, ledger);
  const copies = findCopies(rows);
  const checkpoints = readCheckpoints(dataset, drafted, primitives);
  const logs = findLogs(rows, checkpoints, claimEntries(dataset), groupOf);
  options.onProgress?.("link", 0, logs.length + 1);
  const chains = logs.flatMap((log) =>
    chainsOf(log).map((chain) => checkChain(log, chain, ledger, primitives)),
  );
  const forks = findForks(checkpoints, ledger);
  const filtered = filteredCollections(dataset);
  const sequences = logs.map((log) =>
    checkSequence(
      log,
      chains.filter((chain) => chain.log === log),
      {
        rows,
        ledger,
        isFiltered: (of) => [...of.members].some((id) => filtered.has(members.collectionOf(id))),
        rejectsOf: (of) => rejectsOf(of, dataset, drafted),
      },
    ),
  );
  const inclusion = noInclusion(rows.count);
  await checkInclusion({
    dataset,
    options,
    ledger,
    drafted,
    checkpoints,
    logs,
    chains,
    sequences,
    inclusion,
  });
  checkDerivedRecords(dataset.others, byDigest(checkpoints), ledger, primitives);
  judgeCopies(rows, copies, ledger, drafted.causeOfRow, (row) =>
    members.pathOf(rows.memberOf(row)),
  );
  const standings = judgeKeys(rows, copies, checkpoints, dataset.others, options.trust, ledger);
  noteOfferedTrust(rows.count, dataset.others, options.trust, ledger);
  checkCapabilities(rows, dataset.others, ledger);
  checkManifests(dataset, logs, sequences, ledger);
  options.onProgress?.("link", logs.length + 1, logs.length + 1);
  const relations: Relations = {
    dataset,
    options,
    ledger,
    drafted,
    copies,
    checkpoints,
    logs,
    chains,
    forks,
    sequences,
    inclusion,
    standings,
  };
  const statuses = settleRows(relations);
  const { verdict, findingsOfRow } = composeVerdict(relations, statuses);
  return { verdict, statuses, inclusion, checkpoints, logs, sequences, copies, findingsOfRow };
}

function readCheckpoints(
  dataset: Dataset,
  drafted: Drafted,
  primitives: ConcludeOptions["platform"]["primitives"],
): readonly Checkpoint[] {
  return dataset.others
    .filter(({ kind }) => kind === "checkpoint")
    .map((record, index) => {
      const checkpoint = readCheckpoint(record, index, primitives);
      checkpoint.cause = drafted.causeOfRecord(record);
      return checkpoint;
    });
}

/** The claim logs of stores: which receipt stands at a position of the checkpointed sequence. */
function claimEntries(dataset: Dataset): ReadonlyMap<string, ReadonlyMap<number, ClaimEntry>> {
  const found = new Map<string, Map<number, ClaimEntry>>();
  for (const record of dataset.others) {
    if (record.kind !== "claim-entry") {
      continue;
    }
    const group = dataset.members.groupOf(record.member);
    const entries = found.get(group) ?? new Map<number, ClaimEntry>();
    const position = Number(asU64(member(record.value, "entry_seq")) ?? Number.NaN);
    const seq = Number(asU64(member(record.value, "source_seq")) ?? Number.NaN);
    const isChild = asText(member(record.value, "receipt_kind")) === "child_receipt";
    entries.set(position, { kind: isChild ? "child" : "tool", seq });
    found.set(group, entries);
  }
  return found;
}

function rejectsOf(
  log: Log,
  dataset: Dataset,
  drafted: Drafted,
): { readonly count: number; readonly draft: Draft | null } {
  const collections = new Set([...log.members].map((id) => dataset.members.groupOf(id)));
  const own = dataset.rejects.filter(
    (reject) =>
      collections.has(dataset.members.groupOf(reject.member)) && drafted.draftOfReject.has(reject),
  );
  const error = own.find(({ severity }) => severity === "error") ?? own[0];
  return { count: own.length, draft: (error && drafted.draftOfReject.get(error)) ?? null };
}

type InclusionStep = Omit<Relations, "copies" | "forks" | "standings">;

/** Roots first, since a batch whose root fits needs no hashing for its proofs; then every proof. */
async function checkInclusion(step: InclusionStep): Promise<void> {
  const { dataset, options, ledger, drafted, logs, chains, sequences, inclusion } = step;
  const { rows, proofs } = dataset;
  const { primitives } = options.platform;
  const trees = new BatchTrees(rows, primitives);
  const differing: { readonly log: Log; readonly checkpoint: Checkpoint }[] = [];
  const total = proofs.count + step.checkpoints.length;
  let done = 0;
  const advance = async (): Promise<void> => {
    done += 1;
    if (done % STRIDE === 0) {
      options.onProgress?.("prove", done, total);
      await options.pause?.();
    }
  };
  for (const log of logs) {
    for (const checkpoint of log.checkpoints) {
      if (!checkpoint.isFlattened && trees.checkRoot(log, checkpoint, inclusion) === "differs") {
        differing.push({ log, checkpoint });
      }
      await advance();
    }
  }
  const absences = new Map(
    sequences.map((sequence) => [sequence.log, absenceIndex(sequence, chains)]),
  );
  const context = {
    rows,
    proofs,
    logs,
    ledger,
    causeOfRow: drafted.causeOfRow,
    absenceOf: (log: Log, seq: number) => absences.get(log)?.at(seq)?.draft ?? null,
    absentCheckpoint: (log: Log, seq: number) => absentCheckpoint(chains, log, seq),
    groupOf: (id: number) => dataset.members.groupOf(id),
    trees,
    primitives,
  };
  for (let proof = 0; proof < proofs.count; proof += 1) {
    checkProof(proof, context, inclusion);
    await advance();
  }
  for (const { log, checkpoint } of differing) {
    const cause = inclusion.causeOfBatch.get(checkpoint) ?? causeInBatch(log, checkpoint, drafted);
    trees.reportDifference(log, checkpoint, ledger, cause);
  }
  for (const record of dataset.others) {
    if (record.kind === "anchor-proof" && record.anchored === null) {
      const subject = { kind: "inclusion-proof" as const, id: "" };
      ledger.add({ code: "INC-003", subject, place: placeOf(record, "/receipt") });
    } else if (record.kind === "anchor-proof" && record.anchored !== null) {
      const { row } = record.anchored;
      const { causeOfRow } = drafted;
      checkAnchor(record, row, rows, step.checkpoints, inclusion, ledger, causeOfRow, primitives);
    }
  }
  shareInclusion(step, findCopies(rows));
  options.onProgress?.("prove", total, total);
}

function absentCheckpoint(chains: readonly Chain[], log: Log, seq: number): Draft | null {
  for (const chain of chains) {
    if (chain.log === log) {
      const found = chain.absent.find(({ fromSeq, toSeq }) => seq >= fromSeq && seq <= toSeq);
      if (found !== undefined) {
        return found.draft;
      }
    }
  }
  return null;
}

function causeInBatch(log: Log, checkpoint: Checkpoint, drafted: Drafted): Draft | null {
  for (let seq = checkpoint.start; seq <= checkpoint.end; seq += 1) {
    for (const row of log.entryRowsOf(seq)) {
      const cause = drafted.causeOfRow.get(row);
      if (cause !== undefined) {
        return cause;
      }
    }
  }
  return null;
}

/** A copy with the same leaf is the same receipt: what proves one proves all. */
function shareInclusion({ dataset, inclusion }: InclusionStep, copies: Copies): void {
  const { rows } = dataset;
  for (let row = 0; row < rows.count; row += 1) {
    if (inclusion.state[row] !== INCLUSION.included) {
      continue;
    }
    for (let copy = copies.first[row] ?? -1; copy !== -1; copy = copies.next[copy] ?? -1) {
      if (inclusion.state[copy] === INCLUSION.none && rows.sameLeaf(copy, row)) {
        inclusion.state[copy] = INCLUSION.included;
        inclusion.checkpoint[copy] = inclusion.checkpoint[row] ?? -1;
        inclusion.proof[copy] = inclusion.proof[row] ?? -1;
      }
    }
  }
}

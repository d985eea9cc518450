import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { type Inclusion, noInclusion } from "./batch-trees.ts";
import { checkCapabilities } from "./capabilities.ts";
import { type Chain, chainsByLog, chainsOf, checkChain, findForks } from "./chains.ts";
import { type Checkpoint, readCheckpoint } from "./checkpoints.ts";
import type { ConcludeOptions, Dataset } from "./dataset.ts";
import { type RelatedDeadLetters, relateDeadLetters } from "./dead-letters.ts";
import { denyingCopies } from "./denying.ts";
import { checkDerivedRecords, nameCheckpoints } from "./derived-records.ts";
import { type Drafted, draftFindings } from "./draft-findings.ts";
import { type Copies, findCopies, judgeCopies, judgeNumbers } from "./duplicates.ts";
import { judgeLinks } from "./judge-links.ts";
import { Ledger } from "./ledger.ts";
import type { Log } from "./log.ts";
import { claimEntries, rejectsByGroup } from "./log-context.ts";
import { findLogs } from "./logs.ts";
import { checkManifests, filteredCollections, listedDocuments } from "./manifest-context.ts";
import { noteOfferedTrust } from "./offered-trust.ts";
import { checkInclusion } from "./prove-inclusion.ts";
import { relateLinks } from "./relate-links.ts";
import type { Verdict } from "./report.ts";
import { checkSequence, type Sequence } from "./sequence.ts";
import { judgeKeys, type KeyStandings } from "./standing.ts";
import { type RowStatuses, settleRows } from "./statuses.ts";
import { composeVerdict } from "./verdict.ts";

/** What a conclusion leaves behind, besides the verdict, for the pages and the drawer. */
export interface Conclusion {
  readonly verdict: Verdict;
  readonly statuses: RowStatuses;
  /** Receipts whose denial another copy tells than the one that stands for them. */
  readonly denying: ReadonlyMap<number, number>;
  readonly inclusion: Inclusion;
  readonly checkpoints: readonly Checkpoint[];
  readonly logs: readonly Log[];
  readonly sequences: readonly Sequence[];
  readonly copies: Copies;
  /** What led to what. */
  readonly chain: ChainIndex;
  readonly deadLetters: RelatedDeadLetters;
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
  const ledger = new Ledger(options.partial);
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
  const chainsOfLog = chainsByLog(chains);
  const rejectsOf = rejectsByGroup(dataset, drafted);
  const sequences = logs.map((log) =>
    checkSequence(log, chainsOfLog.get(log) ?? [], {
      rows,
      ledger,
      isFiltered: (of) => [...of.members].some((id) => filtered.has(members.collectionOf(id))),
      rejectsOf,
    }),
  );
  for (const log of logs) {
    judgeNumbers(rows, log.tool, ledger);
  }
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
    copies,
  });
  checkDerivedRecords(dataset.others, nameCheckpoints(checkpoints), ledger, primitives);
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
  const denying = denyingCopies(dataset, statuses);
  const related = relateLinks(dataset, statuses, primitives);
  judgeLinks(dataset, related, ledger, options.partial);
  const deadLetters = relateDeadLetters(dataset, statuses, denying, ledger);
  const { verdict, findingsOfRow } = composeVerdict(relations, statuses);
  return {
    verdict,
    statuses,
    denying,
    inclusion,
    checkpoints,
    logs,
    sequences,
    copies,
    chain: related.index,
    deadLetters,
    findingsOfRow,
  };
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

import { chainLeaf, isUnlinked, verifySuccession } from "@/kernel/checkpoint/chain.ts";
import { findEquivocation } from "@/kernel/checkpoint/equivocation.ts";
import { fromHex, toHex } from "@/kernel/encoding.ts";
import { MerkleRange } from "@/kernel/merkle/range.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import type { Checkpoint } from "./checkpoints.ts";
import type { Draft, Ledger } from "./ledger.ts";
import type { Log } from "./log.ts";
import { placeOf } from "./members.ts";
import { same32 } from "./rows.ts";

/** Gaps whose checkpoints get findings of their own, and how many in each; the rest shares one. */
const NAMED_ABSENCES = 100;

/** An absent run of checkpoints between two present ones, and the receipts that stood under it. */
export interface AbsentCheckpoints {
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly firstReceipt: number;
  readonly lastReceipt: number;
  readonly draft: Draft;
}

/** One succession of checkpoints: all of a log's, or one key's where keys number independently. */
export interface Chain {
  readonly log: Log;
  readonly checkpoints: readonly Checkpoint[];
  readonly linksFit: number;
  readonly links: number;
  readonly absent: readonly AbsentCheckpoints[];
  /** The chain begins with checkpoint 1. */
  readonly fromStart: boolean;
}

/**
 * Splits a log's checkpoints into successions. A rotated key goes on with the numbers of the old one; two
 * keys that use the same numbers write two logs.
 */
export function chainsOf(log: Log): readonly (readonly Checkpoint[])[] {
  const usable = log.checkpoints.filter(
    ({ seq, isFlattened }) => !Number.isNaN(seq) && !isFlattened,
  );
  const keysAt = new Map<number, string>();
  let isSplit = false;
  for (const { seq, key } of usable) {
    isSplit ||= (keysAt.get(seq) ?? key) !== key;
    keysAt.set(seq, key);
  }
  if (!isSplit) {
    return usable.length === 0 ? [] : [usable];
  }
  const byKey = new Map<string, Checkpoint[]>();
  for (const checkpoint of usable) {
    const own = byKey.get(checkpoint.key) ?? [];
    own.push(checkpoint);
    byKey.set(checkpoint.key, own);
  }
  return [...byKey.values()];
}

/** The successions of each log. */
export function chainsByLog(chains: readonly Chain[]): ReadonlyMap<Log, readonly Chain[]> {
  const byLog = new Map<Log, Chain[]>();
  for (const chain of chains) {
    const own = byLog.get(chain.log);
    if (own === undefined) {
      byLog.set(chain.log, [chain]);
    } else {
      own.push(chain);
    }
  }
  return byLog;
}

/** Walks one succession: links, absent checkpoints, chain roots. */
export function checkChain(
  log: Log,
  checkpoints: readonly Checkpoint[],
  ledger: Ledger,
  primitives: Primitives,
): Chain {
  const absent: AbsentCheckpoints[] = [];
  let linksFit = 0;
  let links = 0;
  const path = mainPath(checkpoints);
  for (let at = 1; at < path.length; at += 1) {
    const next = path[at];
    const last = path[at - 1];
    if (last === undefined || next === undefined) {
      continue;
    }
    links += next.seq - last.seq;
    if (next.seq === last.seq + 1) {
      linksFit += checkLink(last, next, ledger) ? 1 : 0;
    } else {
      absent.push(reportAbsence(last, next, absent.length, ledger));
    }
  }
  checkChainRoots(path, ledger, primitives);
  const first = path[0];
  if (first !== undefined && first.seq > 1) {
    ledger.add({
      code: "SEQ-006",
      subject: { kind: "checkpoint", id: String(first.seq) },
      place: placeOf(first.record, "/body/checkpoint_seq"),
      expected: "1",
      actual: String(first.seq),
    });
  }
  return { log, checkpoints: path, linksFit, links, absent, fromStart: first?.seq === 1 };
}

/**
 * One statement for each number: of several, one that holds, and of those the one that its successor names.
 * Walked from the end, where the choice is still open.
 */
function mainPath(checkpoints: readonly Checkpoint[]): readonly Checkpoint[] {
  const path: Checkpoint[] = [];
  for (let at = checkpoints.length - 1; at >= 0; at -= 1) {
    const checkpoint = checkpoints[at];
    const chosen = path.at(-1);
    if (checkpoint === undefined) {
      continue;
    }
    if (chosen?.seq !== checkpoint.seq) {
      path.push(checkpoint);
    } else if (rank(checkpoint, path.at(-2)) > rank(chosen, path.at(-2))) {
      path[path.length - 1] = checkpoint;
    }
  }
  return path.reverse();
}

function rank(checkpoint: Checkpoint, next: Checkpoint | undefined): number {
  const isNamed = next?.link.facts.previousSha256 === checkpoint.sha256;
  return (checkpoint.fits ? 2 : 0) + (isNamed ? 1 : 0);
}

/** A statement whose own signature does not fit explains every link that it is an end of. */
function checkLink(previous: Checkpoint, next: Checkpoint, ledger: Ledger): boolean {
  const subject = { kind: "checkpoint" as const, id: String(next.seq) };
  const problems = verifySuccession(previous.link, next.link);
  for (const { member, expected, actual } of problems) {
    const place = placeOf(next.record, `/body/${member}`);
    const cause = next.cause ?? previous.cause;
    ledger.add({ code: "CKP-003", subject, place, cause, expected, actual });
  }
  if (problems.length === 0 && isUnlinked(next.link)) {
    ledger.add({ code: "CKP-006", subject, place: placeOf(next.record) });
    return false;
  }
  return problems.length === 0 && previous.fits && next.fits;
}

function reportAbsence(
  previous: Checkpoint,
  next: Checkpoint,
  earlier: number,
  ledger: Ledger,
): AbsentCheckpoints {
  const fromSeq = previous.seq + 1;
  const toSeq = next.seq - 1;
  const place = placeOf(next.record, "/body/checkpoint_seq");
  const firstReceipt = previous.end + 1;
  const lastReceipt = next.start - 1;
  const expected =
    firstReceipt <= lastReceipt ? `receipts ${firstReceipt} to ${lastReceipt}` : null;
  let first: Draft | null = null;
  const most = earlier < NAMED_ABSENCES ? NAMED_ABSENCES : 1;
  const named = Math.min(toSeq, fromSeq + most - 1);
  for (let seq = fromSeq; seq <= named; seq += 1) {
    const rest = seq === named && named < toSeq;
    const id = rest ? `${seq} to ${toSeq}` : String(seq);
    const draft = ledger.add({
      code: "CKP-004",
      subject: { kind: "checkpoint", id },
      place,
      cause: first,
      expected,
      actual: `${previous.seq}, ${next.seq}`,
    });
    first ??= draft;
  }
  if (first === null) {
    throw new Error("an absence of no checkpoint");
  }
  return { fromSeq, toSeq, firstReceipt, lastReceipt, draft: first };
}

/**
 * The chain root is the root over all checkpoints from the first; it can be recomputed as long as none is
 * absent. Beyond the first gap only consistency proofs speak for it.
 */
function checkChainRoots(
  path: readonly Checkpoint[],
  ledger: Ledger,
  primitives: Primitives,
): void {
  const range = new MerkleRange(primitives.sha256);
  let explained: Draft | null = null;
  for (const [at, checkpoint] of path.entries()) {
    const leaf = chainLeaf(checkpoint.link.facts, primitives);
    if (checkpoint.seq !== at + 1 || leaf === null) {
      return;
    }
    range.append(leaf);
    explained ??= checkpoint.cause;
    const { chainRoot } = checkpoint.link.facts;
    const signed = chainRoot === null ? null : fromHex(chainRoot);
    if (signed === null) {
      continue;
    }
    const computed = range.root();
    if (computed === null || !same32(computed, 0, signed, 0)) {
      ledger.add({
        code: "CKP-005",
        subject: { kind: "checkpoint", id: String(checkpoint.seq) },
        place: placeOf(checkpoint.record, "/body/chain_root"),
        cause: explained,
        expected: toHex(signed),
        actual: computed === null ? null : toHex(computed),
      });
      return;
    }
  }
}

/**
 * Two validly signed statements of one key that cannot both belong to one history, over all files and
 * logs. Statements that are not validly signed accuse nobody.
 */
export function findForks(checkpoints: readonly Checkpoint[], ledger: Ledger): number {
  const seen = new Map<string, Checkpoint>();
  const reported = new Set<string>();
  let forks = 0;
  for (const checkpoint of checkpoints) {
    if (!checkpoint.fits || checkpoint.isFlattened) {
      continue;
    }
    const { key, seq, end } = checkpoint;
    const { previousSha256 } = checkpoint.link.facts;
    const names = [`s ${key} ${seq}`, `t ${key} ${end}`];
    if (previousSha256 !== null) {
      names.push(`p ${key} ${previousSha256}`);
    }
    for (const name of names) {
      const other = seen.get(name);
      if (other === undefined) {
        seen.set(name, checkpoint);
        continue;
      }
      const kind = findEquivocation(other.link, checkpoint.link);
      const pair = [other.sha256, checkpoint.sha256].sort().join(" ");
      if (kind === null || reported.has(pair)) {
        continue;
      }
      reported.add(pair);
      forks += 1;
      ledger.add({
        code: "EQV-001",
        subject: { kind: "checkpoint", id: String(seq) },
        place: placeOf(checkpoint.record),
        expected: `${kind}: ${other.sha256}`,
        actual: checkpoint.sha256,
      });
    }
  }
  return forks;
}

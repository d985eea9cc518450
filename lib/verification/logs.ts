import type { Checkpoint } from "./checkpoints.ts";
import { type ClaimEntry, Log, lowerBound } from "./log.ts";
import type { Rows } from "./rows.ts";
import { FLAG } from "./unit-result.ts";

/**
 * Rows and checkpoints that one numbering covers. A collection (an evidence folder, an archive, a store)
 * is one; a loose file is one of its own until it turns out to continue another.
 */
interface Group {
  readonly names: Set<string>;
  readonly keys: Set<string>;
  readonly members: Set<number>;
  /** Rows with a sequence number, by number. Child receipts are numbered apart. */
  readonly tool: number[];
  readonly child: number[];
  readonly unnumbered: number[];
  readonly checkpoints: Checkpoint[];
}

/**
 * Sorts rows and checkpoints into logs. Groups are joined when they share a signing key and do not claim
 * one number for two receipts; what two unrelated logs hold is never laid over each other.
 */
export function findLogs(
  rows: Rows,
  checkpoints: readonly Checkpoint[],
  entries: ReadonlyMap<string, ReadonlyMap<number, ClaimEntry>>,
  groupOf: (member: number) => string,
): readonly Log[] {
  const groups = new Map<string, Group>();
  const groupFor = (member: number): Group => {
    const name = groupOf(member);
    let group = groups.get(name);
    if (group === undefined) {
      group = {
        names: new Set([name]),
        keys: new Set(),
        members: new Set(),
        tool: [],
        child: [],
        unnumbered: [],
        checkpoints: [],
      };
      groups.set(name, group);
    }
    group.members.add(member);
    return group;
  };
  for (const unit of rows.units) {
    if (unit.count === 0) {
      continue;
    }
    const group = groupFor(unit.member);
    for (let row = unit.first; row < unit.first + unit.count; row += 1) {
      place(rows, row, group);
    }
  }
  for (const checkpoint of checkpoints) {
    const group = groupFor(checkpoint.member);
    group.checkpoints.push(checkpoint);
    group.keys.add(checkpoint.key);
  }
  const sorted = [...groups.values()];
  for (const group of sorted) {
    sortBySequence(rows, group.tool);
    sortBySequence(rows, group.child);
  }
  return join(rows, sorted).map((group) => {
    const claims = [...group.names]
      .map((name) => entries.get(name))
      .find((found) => found !== undefined);
    return new Log(rows, group, claims ?? null, groupOf);
  });
}

function place(rows: Rows, row: number, group: Group): void {
  if (rows.has(row, FLAG.synthetic) || rows.has(row, FLAG.http)) {
    return;
  }
  group.keys.add(rows.keyOf(row));
  if (Number.isNaN(rows.seq[row])) {
    group.unnumbered.push(row);
  } else if (rows.has(row, FLAG.child)) {
    group.child.push(row);
  } else {
    group.tool.push(row);
  }
}

function sortBySequence(rows: Rows, list: number[]): void {
  for (let index = 1; index < list.length; index += 1) {
    const before = rows.seq[list[index - 1] ?? 0] ?? 0;
    if (before > (rows.seq[list[index] ?? 0] ?? 0)) {
      list.sort((a, b) => (rows.seq[a] ?? 0) - (rows.seq[b] ?? 0) || a - b);
      return;
    }
  }
}

/** Joins until nothing more can be joined: a group may bring together two that shared nothing before. */
function join(rows: Rows, groups: readonly Group[]): readonly Group[] {
  const joined = joinOnce(rows, groups);
  return joined.length === groups.length ? joined : join(rows, joined);
}

function joinOnce(rows: Rows, groups: readonly Group[]): readonly Group[] {
  const joined: Group[] = [];
  for (const group of groups) {
    const host = joined.find((other) => sharesKey(other, group) && !collides(rows, other, group));
    if (host === undefined) {
      joined.push(group);
      continue;
    }
    for (const key of group.keys) {
      host.keys.add(key);
    }
    for (const member of group.members) {
      host.members.add(member);
    }
    for (const name of group.names) {
      host.names.add(name);
    }
    append(host.tool, group.tool);
    append(host.child, group.child);
    append(host.unnumbered, group.unnumbered);
    append(host.checkpoints, group.checkpoints);
    sortBySequence(rows, host.tool);
    sortBySequence(rows, host.child);
  }
  return joined;
}

/** `push(...list)` overflows the stack on a long list. */
function append<T>(to: T[], from: readonly T[]): void {
  for (const item of from) {
    to.push(item);
  }
}

function sharesKey(a: Group, b: Group): boolean {
  for (const key of b.keys) {
    if (a.keys.has(key)) {
      return true;
    }
  }
  return false;
}

function collides(rows: Rows, a: Group, b: Group): boolean {
  for (const row of b.tool) {
    const seq = rows.seq[row] ?? 0;
    const other = a.tool[lowerBound(rows, a.tool, seq)];
    if (other !== undefined && rows.seq[other] === seq && !rows.sameIdentity(other, row)) {
      return true;
    }
  }
  return false;
}

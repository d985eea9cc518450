import type { Checkpoint } from "./checkpoints.ts";
import { joinGroups } from "./join-groups.ts";
import { type ClaimEntry, type Group, Log, newGroup, sortByNumber } from "./log.ts";
import type { Rows } from "./rows.ts";
import { FLAG } from "./unit-result.ts";

/**
 * Sorts rows and checkpoints into logs. A collection (an evidence folder, an archive, a store) is one log, a
 * loose file is one of its own until it turns out to continue another, and a collection in which two keys
 * use the same numbers holds two. Unrelated logs are never laid over each other.
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
      group = newGroup();
      group.names.add(name);
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
  const parted = [...groups.values()].flatMap((group) => partByKey(rows, group));
  return joinGroups(rows, parted).map(
    (group) => new Log(rows, group, claimsOf(group, entries), groupOf),
  );
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

/**
 * Parts a group in which validly signed receipts of two keys claim the same numbers: two kernels write two
 * logs. A rotated key goes on with the numbers of the old one and is not parted.
 */
function partByKey(rows: Rows, group: Group): readonly Group[] {
  const signers = collidingSigners(rows, group);
  if (signers === null || !group.checkpoints.every(({ key }) => signers.has(key))) {
    return [group];
  }
  const parts = new Map<string, Group>();
  for (const key of signers) {
    parts.set(key, { ...newGroup(), names: group.names, keys: new Set([key]) });
  }
  const [first] = parts.values();
  // Whoever names a key without its signature is kept, in the first of the parts.
  const partOf = (key: string): Group => parts.get(key) ?? first ?? group;
  for (const list of ["tool", "child", "unnumbered"] as const) {
    for (const row of group[list]) {
      const part = partOf(rows.keyOf(row));
      part[list].push(row);
      part.members.add(rows.memberOf(row));
    }
  }
  for (const checkpoint of group.checkpoints) {
    const part = partOf(checkpoint.key);
    part.checkpoints.push(checkpoint);
    part.members.add(checkpoint.member);
  }
  return [...parts.values()];
}

/** The keys whose signatures hold in the group, where two of them use one number; else null. */
function collidingSigners(rows: Rows, group: Group): ReadonlySet<string> | null {
  const signers = new Set<string>();
  for (const list of [group.tool, group.child, group.unnumbered]) {
    for (const row of list) {
      if (rows.has(row, FLAG.signatureFits)) {
        signers.add(rows.keyOf(row));
      }
    }
  }
  if (signers.size < 2) {
    return null;
  }
  sortByNumber(rows, group.tool);
  let last = -1;
  for (const row of group.tool) {
    if (!rows.has(row, FLAG.signatureFits)) {
      continue;
    }
    if (last !== -1 && rows.seq[last] === rows.seq[row] && rows.key[last] !== rows.key[row]) {
      return signers;
    }
    last = row;
  }
  return null;
}

/** The claim logs of all stores that the log was read from, such as a live store and its archive. */
function claimsOf(
  group: Group,
  entries: ReadonlyMap<string, ReadonlyMap<number, ClaimEntry>>,
): ReadonlyMap<number, ClaimEntry> | null {
  let claims: ReadonlyMap<number, ClaimEntry> | null = null;
  for (const name of group.names) {
    const own = entries.get(name);
    if (own !== undefined) {
      claims = claims === null ? own : new Map([...own, ...claims]);
    }
  }
  return claims;
}

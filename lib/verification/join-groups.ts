import { type Group, newGroup } from "./log.ts";
import type { Rows } from "./rows.ts";

/** Groups of one key that one group is compared with. Honest drops have a few; a hostile one has 100,000. */
const COMPARED = 16;

/** A group that others were joined to, with its rows by number once somebody asked. */
interface Host {
  readonly group: Group;
  numbers: Map<number, number> | null;
  joinedTo: Host | null;
}

/**
 * Joins groups that share a signing key and do not claim one number for two receipts: the loose files of one
 * log. A group may bring together two that shared nothing before.
 */
export function joinGroups(rows: Rows, groups: readonly Group[]): readonly Group[] {
  const hosts: Host[] = [];
  const byKey = new Map<string, Host[]>();
  for (const group of groups) {
    let own: Host = { group: copyOf(group), numbers: null, joinedTo: null };
    hosts.push(own);
    for (const key of group.keys) {
      for (const met of (byKey.get(key) ?? []).slice(0, COMPARED)) {
        const other = hostOf(met);
        if (key !== "" && other !== own && !collide(rows, own, other)) {
          own = merge(rows, own, other);
        }
      }
    }
    for (const key of group.keys) {
      const known = byKey.get(key);
      if (known === undefined) {
        byKey.set(key, [own]);
      } else if (known.length < COMPARED && !known.some((met) => hostOf(met) === own)) {
        known.push(own);
      }
    }
  }
  return hosts.filter(({ joinedTo }) => joinedTo === null).map(({ group }) => group);
}

function copyOf(group: Group): Group {
  const copy = newGroup();
  absorb(copy, group);
  return copy;
}

function hostOf(host: Host): Host {
  let at = host;
  while (at.joinedTo !== null) {
    at = at.joinedTo;
  }
  return at;
}

function numbersOf(rows: Rows, host: Host): Map<number, number> {
  if (host.numbers === null) {
    host.numbers = new Map();
    for (const row of host.group.tool) {
      host.numbers.set(rows.seq[row] ?? Number.NaN, row);
    }
  }
  return host.numbers;
}

/** Whether the two claim one number for two receipts. The smaller one is looked up in the larger. */
function collide(rows: Rows, a: Host, b: Host): boolean {
  const [small, large] = bySize(a, b);
  if (small.group.tool.length === 0) {
    return false;
  }
  const numbers = numbersOf(rows, large);
  for (const row of small.group.tool) {
    const other = numbers.get(rows.seq[row] ?? Number.NaN);
    if (other !== undefined && !rows.sameIdentity(other, row)) {
      return true;
    }
  }
  return false;
}

function merge(rows: Rows, a: Host, b: Host): Host {
  const [small, large] = bySize(a, b);
  if (large.numbers !== null) {
    for (const row of small.group.tool) {
      large.numbers.set(rows.seq[row] ?? Number.NaN, row);
    }
  }
  absorb(large.group, small.group);
  small.joinedTo = large;
  small.numbers = null;
  return large;
}

function bySize(a: Host, b: Host): readonly [small: Host, large: Host] {
  return weight(a.group) < weight(b.group) ? [a, b] : [b, a];
}

function weight({ tool, child, unnumbered, checkpoints }: Group): number {
  return tool.length + child.length + unnumbered.length + checkpoints.length;
}

/** `push(...list)` would overflow the stack on a long list. */
function absorb(to: Group, from: Group): void {
  for (const name of from.names) to.names.add(name);
  for (const key of from.keys) to.keys.add(key);
  for (const member of from.members) to.members.add(member);
  for (const row of from.tool) to.tool.push(row);
  for (const row of from.child) to.child.push(row);
  for (const row of from.unnumbered) to.unnumbered.push(row);
  for (const checkpoint of from.checkpoints) to.checkpoints.push(checkpoint);
}

/** Calls and minor units of the group's one currency. */
export interface Allotment {
  readonly calls: bigint;
  readonly units: bigint;
}

/**
 * What one consumer may still spend. `epoch` fences it: no two leases have the same, and a spend or a return
 * names the one that its consumer was given. `fenced`: the consumer was declared dead; it may be alive and
 * must not spend.
 */
export interface Lease {
  readonly epoch: bigint;
  readonly remaining: Allotment;
  /** Unix milliseconds; from then on the lease is void. */
  readonly expiresAt: bigint;
  readonly fenced: boolean;
}

/**
 * The budget of a consumer group (streaming 6.4). Always `spent` plus what all leases hold is at most
 * `ceiling`, in both parts. Names are the members of the group.
 */
export interface GroupBudget {
  readonly ceiling: Allotment;
  /** The most that one lease holds. */
  readonly slice: Allotment;
  /** Milliseconds that a lease lives. */
  readonly leaseTime: bigint;
  /** Of the latest lease; it only grows. */
  readonly epoch: bigint;
  /** The latest time that was seen: a clock that goes back revives nothing. */
  readonly clock: bigint;
  readonly spent: Allotment;
  readonly members: ReadonlySet<string>;
  readonly leases: ReadonlyMap<string, Lease>;
}

/**
 * `lease`: a member asks for a full slice. `spend`: asked before the call, and the call runs only where the
 * answer is `applied`. `return`: a consumer gives back what it holds, also after it was declared dead.
 * `rebalance`: everybody's unspent part is shared out anew. `tick`: time passes.
 */
export type GroupEvent = { readonly now: bigint } & (
  | { readonly kind: "join" | "leave" | "crash" | "lease"; readonly consumer: string }
  | {
      readonly kind: "spend";
      readonly consumer: string;
      readonly epoch: bigint;
      readonly cost: Allotment;
    }
  | { readonly kind: "return"; readonly consumer: string; readonly epoch: bigint }
  | { readonly kind: "rebalance" | "tick" }
);

/** A refusal says why and changes nothing but the clock and what it made expire. */
export interface GroupStep {
  readonly state: GroupBudget;
  readonly refused: string | null;
}

const NO_LEASE = "no lease of this epoch";
const NOTHING: Allotment = { calls: 0n, units: 0n };

/** A group without members. */
export function emptyGroup(
  settings: Pick<GroupBudget, "ceiling" | "slice" | "leaseTime">,
): GroupBudget {
  return {
    ...settings,
    epoch: 0n,
    clock: 0n,
    spent: NOTHING,
    members: new Set(),
    leases: new Map(),
  };
}

/**
 * The group after one event; pure. A consumer that crashed may still be running: its lease stays counted, and
 * gives nothing, until it expires or its consumer returns it under its own epoch. Its spends are refused from
 * the crash on, as are those under a lease that is over.
 */
export function groupBudget(before: GroupBudget, event: GroupEvent): GroupStep {
  const state = passTime(before, event.now);
  switch (event.kind) {
    case "join":
      return done({ ...state, members: new Set([...state.members, event.consumer]) });
    case "leave":
      return done(without(withoutMember(state, event.consumer), event.consumer, isUsable));
    case "crash":
      return done(fence(withoutMember(state, event.consumer), event.consumer));
    case "lease":
      return grant(state, event.consumer);
    case "spend":
      return spend(state, event.consumer, event.epoch, event.cost);
    case "return":
      return giveBack(state, event.consumer, event.epoch);
    case "rebalance":
      return done(rebalance(state));
    case "tick":
      return done(state);
  }
}

/** What no lease holds and nobody has spent. */
export function unallotted(state: GroupBudget): Allotment {
  const leases = [...state.leases.values()].map(({ remaining }) => remaining);
  return [state.spent, ...leases].reduce(minus, state.ceiling);
}

function done(state: GroupBudget): GroupStep {
  return { state, refused: null };
}

function refuse(state: GroupBudget, refused: string): GroupStep {
  return { state, refused };
}

function passTime(state: GroupBudget, now: bigint): GroupBudget {
  const clock = now > state.clock ? now : state.clock;
  const leases = [...state.leases].filter(([, lease]) => lease.expiresAt > clock);
  return { ...state, clock, leases: new Map(leases) };
}

function withoutMember(state: GroupBudget, consumer: string): GroupBudget {
  return { ...state, members: new Set([...state.members].filter((name) => name !== consumer)) };
}

function isUsable(lease: Lease): boolean {
  return !lease.fenced;
}

/** Drops a consumer's lease, and with it what it holds, where the lease is such a one. */
function without(
  state: GroupBudget,
  consumer: string,
  isSuch: (lease: Lease) => boolean,
): GroupBudget {
  const leases = [...state.leases].filter(([name, lease]) => name !== consumer || !isSuch(lease));
  return { ...state, leases: new Map(leases) };
}

function fence(state: GroupBudget, consumer: string): GroupBudget {
  const leases = [...state.leases].map(([name, lease]): [string, Lease] => [
    name,
    name === consumer ? { ...lease, fenced: true } : lease,
  ]);
  return { ...state, leases: new Map(leases) };
}

/** Fills a member's lease up to a slice, as far as the group has it. A fenced lease has to go first. */
function grant(state: GroupBudget, consumer: string): GroupStep {
  if (!state.members.has(consumer)) {
    return refuse(state, "not a member of the group");
  }
  if (state.leases.get(consumer)?.fenced === true) {
    return refuse(state, "its former lease is neither returned nor expired");
  }
  const open = without(state, consumer, isUsable);
  return done(withLease(open, consumer, least(state.slice, unallotted(open))));
}

function withLease(state: GroupBudget, consumer: string, remaining: Allotment): GroupBudget {
  const epoch = state.epoch + 1n;
  const lease = {
    epoch,
    remaining,
    expiresAt: state.clock + state.leaseTime,
    fenced: false,
  };
  return { ...state, epoch, leases: new Map([...state.leases, [consumer, lease]]) };
}

function spend(state: GroupBudget, consumer: string, epoch: bigint, cost: Allotment): GroupStep {
  const lease = state.leases.get(consumer);
  if (lease === undefined || lease.fenced || lease.epoch !== epoch) {
    return refuse(state, NO_LEASE);
  }
  if (cost.calls < 0n || cost.units < 0n) {
    return refuse(state, "an amount below zero");
  }
  const remaining = minus(lease.remaining, cost);
  if (remaining.calls < 0n || remaining.units < 0n) {
    return refuse(state, "more than the lease holds");
  }
  return done({
    ...state,
    spent: plus(state.spent, cost),
    leases: new Map([...state.leases, [consumer, { ...lease, remaining }]]),
  });
}

function giveBack(state: GroupBudget, consumer: string, epoch: bigint): GroupStep {
  const lease = state.leases.get(consumer);
  return lease?.epoch === epoch
    ? done(without(state, consumer, () => true))
    : refuse(state, NO_LEASE);
}

/**
 * Every lease that is not fenced ends, and what is then free is shared out equally among the
 * members, a slice each at most. A member whose former lease is fenced gets none: it could hold two.
 */
function rebalance(state: GroupBudget): GroupBudget {
  const fenced = [...state.leases].filter(([, lease]) => lease.fenced);
  const open: GroupBudget = { ...state, leases: new Map(fenced) };
  const sharing = [...open.members].filter((name) => !open.leases.has(name));
  const share = least(state.slice, divided(unallotted(open), BigInt(sharing.length)));
  return sharing.reduce((group, name) => withLease(group, name, share), open);
}

function plus(one: Allotment, other: Allotment): Allotment {
  return { calls: one.calls + other.calls, units: one.units + other.units };
}

function minus(one: Allotment, other: Allotment): Allotment {
  return { calls: one.calls - other.calls, units: one.units - other.units };
}

function least(one: Allotment, other: Allotment): Allotment {
  return { calls: smaller(one.calls, other.calls), units: smaller(one.units, other.units) };
}

function smaller(one: bigint, other: bigint): bigint {
  if (one < other) {
    return one;
  }
  return other;
}

/** Rounded down; among nobody, nothing is shared. */
function divided({ calls, units }: Allotment, parts: bigint): Allotment {
  return parts === 0n ? NOTHING : { calls: calls / parts, units: units / parts };
}

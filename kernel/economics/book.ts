import { err, ok, type Result } from "../result.ts";
import { applyBudgetEvent } from "./ledger.ts";
import { type BudgetEvent, NO_USAGE, type Usage } from "./model.ts";

/**
 * Usages of grants, with what makes their events idempotent. `repeated`: the same event came before, and
 * nothing changed. A caller that is about to run a call must not take a repeated `authorize` for a budget:
 * an agent could otherwise send one request id many times and pay once.
 */
export interface BudgetBook {
  usage(capabilityId: string, grantIndex: number): Usage;
  /** The error is a sentence, and nothing was changed. */
  apply(event: BudgetEvent): Result<"applied" | "repeated", string>;
  /** The authorizing events of the holds that are open, oldest first. */
  open(): readonly BudgetEvent[];
}

/**
 * Closed holds that are remembered, so that a repeated closing event is recognised. When a hold was forgotten,
 * its closing event is refused and its authorizing event opens a new one: the error is on the side of less.
 */
export const CLOSED_HOLDS = 4096;

/** A hold's life: the event that opened it, and the one that closed it. */
interface Life {
  readonly opening: BudgetEvent;
  readonly closing: BudgetEvent | null;
}

/** An empty book, in memory. */
export function budgetBook(): BudgetBook {
  const usages = new Map<string, Usage>();
  const open = new Map<string, Life>();
  const closed = new Map<string, Life>();

  const usage = (capabilityId: string, grantIndex: number): Usage =>
    usages.get(keyOf(capabilityId, grantIndex)) ?? NO_USAGE;

  const close = (event: BudgetEvent, { opening }: Life): void => {
    open.delete(event.holdId);
    closed.set(event.holdId, { opening, closing: event });
    const [oldest] = closed.keys();
    if (closed.size > CLOSED_HOLDS && oldest !== undefined) {
      closed.delete(oldest);
    }
  };

  return {
    usage,
    open: () => [...open.values()].map(({ opening }) => opening),
    apply: (event) => {
      const life = open.get(event.holdId) ?? closed.get(event.holdId) ?? null;
      const standing = standingOf(event, life);
      if (!standing.ok || standing.value === "repeated") {
        return standing;
      }
      const after = applyBudgetEvent(usage(event.capabilityId, event.grantIndex), event);
      if (!after.ok) {
        return after;
      }
      usages.set(keyOf(event.capabilityId, event.grantIndex), after.value);
      if (life === null) {
        open.set(event.holdId, { opening: event, closing: null });
      } else {
        close(event, life);
      }
      return ok("applied");
    },
  };
}

/** Whether an event is new to a hold's life, repeats it or contradicts it. */
function standingOf(event: BudgetEvent, life: Life | null): Result<"applied" | "repeated", string> {
  if (event.kind === "authorize") {
    if (life === null) {
      return ok("applied");
    }
    return isSame(event, life.opening) ? ok("repeated") : err(`${event.id} has another content`);
  }
  if (life === null) {
    return err(`${event.id} closes a hold that is not open`);
  }
  if (life.closing !== null) {
    return isSame(event, life.closing) ? ok("repeated") : err(`${event.holdId} is closed already`);
  }
  return isOfHold(event, life.opening) ? ok("applied") : err(`${event.id} is not of this hold`);
}

function isSame(one: BudgetEvent, other: BudgetEvent): boolean {
  return (
    one.id === other.id &&
    one.kind === other.kind &&
    one.realized === other.realized &&
    isOfHold(one, other)
  );
}

function isOfHold(one: BudgetEvent, other: BudgetEvent): boolean {
  return (
    one.capabilityId === other.capabilityId &&
    one.grantIndex === other.grantIndex &&
    one.units === other.units &&
    one.currency === other.currency
  );
}

/** The index stands first, since an id may hold any character. */
function keyOf(capabilityId: string, grantIndex: number): string {
  return `${grantIndex}:${capabilityId}`;
}

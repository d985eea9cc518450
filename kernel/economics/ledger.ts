import { err, ok, type Result } from "../result.ts";
import { type BudgetEvent, U64_MAX, type Usage } from "./model.ts";

/**
 * The usage after one event (kernel semantics 3.2). Pure; an event that does not fit the usage is refused, and
 * nothing of it is applied. Reversal gives the invocation back also where the grant has no cost, which
 * upstream does not: here guards run before the budget, so that only calls which never ran are reversed.
 */
export function applyBudgetEvent(usage: Usage, event: BudgetEvent): Result<Usage, string> {
  const currency = usage.currency ?? event.currency;
  if (event.currency !== null && event.currency !== currency) {
    return err(`an amount in ${event.currency} against a usage in ${currency}`);
  }
  if (event.units < 0n || event.realized < 0n) {
    return err("an amount below zero");
  }
  if (event.currency === null && event.units + event.realized > 0n) {
    return err("an amount without a currency");
  }
  switch (event.kind) {
    case "authorize":
      return authorize({ ...usage, currency }, event);
    case "reverse":
      return reverse({ ...usage, currency }, event);
    case "reconcile":
      return reconcile({ ...usage, currency }, event);
  }
}

function authorize(usage: Usage, { units }: BudgetEvent): Result<Usage, string> {
  const invocations = usage.invocations + 1n;
  const exposed = usage.exposed + units;
  return invocations > U64_MAX || exposed + usage.realized > U64_MAX
    ? err("passes the largest amount that can be counted")
    : ok({ ...usage, invocations, exposed });
}

function reverse(usage: Usage, { units }: BudgetEvent): Result<Usage, string> {
  return usage.invocations < 1n || usage.exposed < units
    ? err("gives back more than is held")
    : ok({ ...usage, invocations: usage.invocations - 1n, exposed: usage.exposed - units });
}

/** A hold of zero units may belong to a grant without a cap: what it cost is known only here. */
function reconcile(usage: Usage, { units, realized }: BudgetEvent): Result<Usage, string> {
  if (usage.exposed < units) {
    return err("closes more than is held");
  }
  if (units > 0n && realized > units) {
    return err("spends more than was held");
  }
  const exposed = usage.exposed - units;
  const spent = usage.realized + realized;
  return exposed + spent > U64_MAX
    ? err("passes the largest amount that can be counted")
    : ok({ ...usage, exposed, realized: spent });
}

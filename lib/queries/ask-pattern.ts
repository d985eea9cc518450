import type { Database } from "@/lib/database/database.ts";
import { number, oneOf, type RawRow, text } from "@/lib/database/row.ts";
import { askDenialOrder, askDenialPage, askDenialTotals } from "./ask-denials.ts";
import type {
  ChainPosition,
  DenialFilter,
  PatternDetail,
  PatternKey,
  Prevalence,
  PrevalenceField,
} from "./denial-model.ts";
import { DEFAULT_PARTS, PREVALENCE_FIELDS } from "./denial-model.ts";
import { denialQuestion, patternFilter } from "./denial-questions.ts";

/**
 * One pattern's denials among those that pass the filter: totals, values and examples.
 *
 * @throws what {@link Database.ask} throws
 */
export async function askPattern(
  database: Database,
  filter: DenialFilter,
  key: PatternKey,
  signal?: AbortSignal,
): Promise<PatternDetail> {
  const own = patternFilter(filter, key);
  const totals = await askDenialTotals(database, own, DEFAULT_PARTS, signal);
  const order = await askDenialOrder(database, own, { column: "time", descending: false }, signal);
  const examples = await askDenialPage(database, firstAndLast(order), signal);
  const position = denialQuestion("denialChainPosition", own);
  const [chain] = await database.ask(position, decodePosition, signal);
  if (chain === undefined) {
    throw new TypeError("a chain position is one row");
  }
  const question = denialQuestion("denialPrevalence", own);
  const found = await database.ask(question, decodePrevalence, signal);
  const distinct = new Map(found.map(({ prevalence, distinct }) => [prevalence.field, distinct]));
  const counted = (field: PrevalenceField) => distinct.get(field) ?? 0;
  return {
    key,
    totals,
    prevalence: found.map(({ prevalence }) => prevalence),
    distinct: {
      agent: counted("agent"),
      scope: counted("scope"),
      tool: counted("tool"),
      topic: counted("topic"),
      capability: counted("capability"),
      service: counted("service"),
      policy: counted("policy"),
      group: counted("group"),
      key: counted("key"),
    },
    examples,
    chain,
  };
}

/** The first two and the last; denials without a time come last in the order, so they may be among them. */
function firstAndLast(order: Float64Array): readonly number[] {
  const numbers = [...order.subarray(0, 2)];
  const last = order.at(-1);
  if (order.length > 2 && last !== undefined) {
    numbers.push(last);
  }
  return numbers;
}

function decodePosition(row: RawRow): ChainPosition {
  return {
    denials: number(row, "denials"),
    caused: number(row, "caused"),
    missing: number(row, "missing"),
    followed: number(row, "followed"),
  };
}

function decodePrevalence(row: RawRow) {
  const prevalence: Prevalence = {
    field: oneOf(row, "field", PREVALENCE_FIELDS),
    value: text(row, "value"),
    denials: number(row, "denials"),
    outside: number(row, "outside"),
    allowed: number(row, "allowed"),
    before: number(row, "before"),
    beforeByAgents: number(row, "before_by_agents"),
  };
  return { prevalence, distinct: number(row, "distinct_values") };
}

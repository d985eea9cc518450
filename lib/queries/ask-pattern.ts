import type { Database } from "@/lib/database/database.ts";
import { number, type RawRow, text } from "@/lib/database/row.ts";
import { askDenialOrder, askDenialPage, askDenialTotals } from "./ask-denials.ts";
import type {
  DenialFilter,
  PatternDetail,
  PatternKey,
  Prevalence,
  PrevalenceField,
} from "./denial-model.ts";
import { DEFAULT_PARTS, PREVALENCE_FIELDS } from "./denial-model.ts";
import { patternFilter, prevalenceQuestion } from "./denial-questions.ts";

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
  const prevalence: Prevalence[] = [];
  const distinct = new Map<PrevalenceField, number>();
  for (const field of PREVALENCE_FIELDS) {
    const found = await database.ask(
      prevalenceQuestion(own, field),
      (row) => decodePrevalence(field, row),
      signal,
    );
    for (const entry of found) {
      prevalence.push(entry.prevalence);
      distinct.set(field, entry.distinct);
    }
  }
  const counted = (field: PrevalenceField) => distinct.get(field) ?? 0;
  return {
    key,
    totals,
    prevalence,
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

function decodePrevalence(field: PrevalenceField, row: RawRow) {
  const prevalence: Prevalence = {
    field,
    value: text(row, "value"),
    denials: number(row, "denials"),
    outside: number(row, "outside"),
    allowed: number(row, "allowed"),
    before: number(row, "before"),
    beforeByAgents: number(row, "before_by_agents"),
  };
  return { prevalence, distinct: number(row, "distinct_values") };
}

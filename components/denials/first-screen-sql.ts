import type { Statement } from "@/components/ui/show-sql.tsx";
import type { DenialFilter, PatternPart } from "@/lib/queries/denial-model.ts";
import {
  denialHistogramQuestion,
  denialTotalsQuestion,
  patternsQuestion,
} from "@/lib/queries/denial-questions.ts";
import { denialSql } from "@/lib/queries/denial-sql.ts";

/** The statements behind the heading, the chart and the table of patterns. */
export function firstScreenSql(
  filter: DenialFilter,
  parts: readonly PatternPart[],
  binSeconds: number,
): readonly Statement[] {
  const always = { ...filter, time: null };
  return [
    { title: "Denials over time", sql: denialSql(denialHistogramQuestion(always, binSeconds)) },
    { title: "Patterns", sql: denialSql(patternsQuestion(filter, parts)) },
    { title: "Counts", sql: denialSql(denialTotalsQuestion(filter, parts)) },
  ];
}

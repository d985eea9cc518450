import { QUESTIONS } from "@/lib/sql/statements.ts";
import { facetQuestion, histogramQuestion, orderQuestion, totalsQuestion } from "./ask-receipts.ts";
import { anyHolds, numbers } from "./denial-sql.ts";
import type { FacetName, ReceiptFilter, ReceiptSort } from "./model.ts";
import { sqlList, sqlLiteral } from "./sql-literal.ts";
import { type Variables, type WrittenView, writtenSql } from "./written-sql.ts";

/** The column of `receipts` behind each facet. */
const COLUMNS: Readonly<Record<FacetName, string>> = {
  decision: "decision",
  integrity: "coalesce(integrity, '')",
  guard: "guard",
  agent: "agent",
  tool: "tool_name",
  service: "service",
  form: "form",
  file: "file",
};
const FACETS = [
  "decision",
  "integrity",
  "guard",
  "agent",
  "tool",
  "service",
  "form",
  "file",
] as const satisfies readonly FacetName[];
const SEARCHED = [
  "tool_name",
  "reason",
  "agent",
  "id",
  "capability_id",
  "guard",
  "policy_hash",
  "kernel_key",
];

/** What the receipts' page shows, as one statement each that runs in the workbench as it stands. */
export type ReceiptView =
  | { readonly kind: "totals" }
  | { readonly kind: "table"; readonly sort: ReceiptSort }
  | { readonly kind: "facet"; readonly facet: FacetName }
  | { readonly kind: "histogram"; readonly binSeconds: number };

export function receiptSql(filter: ReceiptFilter, view: ReceiptView): string {
  switch (view.kind) {
    case "totals":
      return written(QUESTIONS[totalsQuestion(filter).name], filter, new Map());
    case "table": {
      const text = QUESTIONS[orderQuestion(filter, view.sort).name];
      return written(
        text
          .replace(/^--.*\n/, "-- The receipts of the table, in its order.\n")
          .replace("select row::double as row", "select *"),
        filter,
        new Map([["sort", view.sort.column]]),
      );
    }
    case "facet": {
      const { facet } = view;
      const text = QUESTIONS[facetQuestion(filter, facet).name];
      // As in the list itself: its own restriction does not narrow it.
      const others = {
        ...filter,
        include: { ...filter.include, [facet]: [] },
        exclude: { ...filter.exclude, [facet]: [] },
      };
      return written(text, others, new Map([["facet", facet]]));
    }
    case "histogram": {
      const { binSeconds } = view;
      const text = QUESTIONS[histogramQuestion(filter, binSeconds).name];
      return written(text, filter, new Map([["bin", binSeconds]]));
    }
  }
}

function written(text: string, filter: ReceiptFilter, variables: Variables): string {
  const conditions = receiptConditions(filter);
  const where = conditions.length === 0 ? "" : `\n  where ${conditions.join("\n    and ")}`;
  const view: WrittenView = { name: "matching", text: `select *\n  from receipts${where}` };
  return writtenSql(text, variables, [view]);
}

/** What a filter restricts, as conditions on the columns of `receipts`. */
function receiptConditions(filter: ReceiptFilter): readonly string[] {
  const conditions: string[] = [];
  if ((filter.include.file ?? []).length === 0) {
    conditions.push("copy_of is null");
  }
  if (filter.time !== null) {
    conditions.push(
      `timestamp >= ${sqlLiteral(Math.max(0, Math.floor(filter.time.from)))}`,
      `timestamp < ${sqlLiteral(Math.max(0, Math.floor(filter.time.to)))}`,
    );
  }
  for (const facet of FACETS) {
    const wanted = filter.include[facet] ?? [];
    const unwanted = filter.exclude[facet] ?? [];
    if (wanted.length > 0) {
      conditions.push(`${COLUMNS[facet]} in ${sqlList(wanted)}`);
    }
    if (unwanted.length > 0) {
      conditions.push(`${COLUMNS[facet]} not in ${sqlList(unwanted)}`);
    }
  }
  if (filter.rows !== undefined) {
    conditions.push(`row in (${numbers(filter.rows)})`);
  }
  const text = filter.text.trim();
  if (text !== "") {
    conditions.push(anyHolds(SEARCHED, text));
  }
  return conditions;
}

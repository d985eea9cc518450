import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { QUERY_BOOK } from "@/lib/workbench/recipes.ts";
import { VIEW_DOCS } from "@/lib/workbench/view-docs.ts";
import { renderSql } from "../../scripts/sql-doc.mjs";

test("docs/sql.md says of the views and recipes what the code says", () => {
  const page = readFileSync(new URL("../../docs/sql.md", import.meta.url), "utf8");
  // When this fails after a change of a view or a recipe: node scripts/sql-doc.mjs
  expect(page).toBe(renderSql(VIEW_DOCS, QUERY_BOOK));
});

import { DENIALS_RECIPES } from "./recipes-denials.ts";
import { RECEIPTS_RECIPES } from "./recipes-receipts.ts";

/** A question of the query book: a constant text that runs as it stands. */
export interface Recipe {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly sql: string;
}

/** The query book, in two parts: what was refused, and everything else that was read. */
export const QUERY_BOOK: readonly {
  readonly title: string;
  readonly recipes: readonly Recipe[];
}[] = [
  { title: "What was refused", recipes: DENIALS_RECIPES },
  { title: "What was read", recipes: RECEIPTS_RECIPES },
];

/** What a new person's first tab asks of whatever is loaded. */
export const FIRST_RECIPE = "top-agents";

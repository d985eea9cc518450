import { type BudgetBook, budgetBook } from "@/kernel/economics/book.ts";
import type { BudgetStore } from "./budget-store.ts";

/** The book as the store left it, open holds included. Throws where the store's own events do not fit each other. */
export function loadBudgets(store: BudgetStore): BudgetBook {
  const book = budgetBook();
  for (const event of store.events()) {
    const applied = book.apply(event);
    if (!applied.ok) {
      throw new Error(`the budget store does not add up: ${applied.error}`);
    }
  }
  return book;
}

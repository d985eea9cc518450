import type { Database } from "@/lib/database/database.ts";
import { askFacets, askHistogram, askOrder, askPage, askTotals } from "./ask-receipts.ts";
import type { ReceiptFilter } from "./model.ts";

const EVERY: ReceiptFilter = { time: null, include: {}, exclude: {}, text: "" };

/**
 * Asks every question once of the empty tables. The engine compiles what a question needs when it is first
 * asked, which would otherwise stand between a person's first file and its first rows.
 *
 * @throws what {@link Database.ask} throws
 */
export async function warmQuestions(database: Database): Promise<void> {
  await Promise.all([
    askTotals(database, EVERY),
    askOrder(database, EVERY, { column: "time", descending: true }),
    askPage(database, [0]),
  ]);
  await askFacets(database, EVERY);
  await askHistogram(database, [], EVERY, 1);
}

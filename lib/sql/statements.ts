import checkAlignment from "./check-alignment.sql";
import clear from "./clear.sql";
import lockDown from "./lock-down.sql";
import macros from "./macros.sql";
import receiptFacet from "./receipt-facet.sql";
import receiptHistogram from "./receipt-histogram.sql";
import receiptOrderAsc from "./receipt-order-asc.sql";
import receiptOrderDesc from "./receipt-order-desc.sql";
import receiptPage from "./receipt-page.sql";
import receiptTotals from "./receipt-totals.sql";
import resetDelegations from "./reset-delegations.sql";
import resetEdges from "./reset-edges.sql";
import resetStatus from "./reset-status.sql";
import schema from "./schema.sql";
import setBin from "./set-bin.sql";
import setFacet from "./set-facet.sql";
import setFilter from "./set-filter.sql";
import setRows from "./set-rows.sql";
import setSort from "./set-sort.sql";
import views from "./views.sql";

/** Statements that build the database, in the order in which they run, and those that keep it. */
export const FOUNDATION = {
  lockDown,
  schema,
  macros,
  views,
  resetStatus,
  resetEdges,
  resetDelegations,
  checkAlignment,
  clear,
} as const;

/** Statements that put bound values into the connection's variables. */
export const SETTINGS = { setFilter, setSort, setRows, setFacet, setBin } as const;
export type SettingName = keyof typeof SETTINGS;

/** What can be asked about receipts; each text is a constant. */
export const QUESTIONS = {
  receiptTotals,
  receiptOrderAsc,
  receiptOrderDesc,
  receiptPage,
  receiptFacet,
  receiptHistogram,
} as const;
export type QuestionName = keyof typeof QUESTIONS;

import checkAlignment from "./check-alignment.sql";
import clear from "./clear.sql";
import clearMasks from "./clear-masks.sql";
import conclusionTables from "./conclusion-tables.sql";
import denialChainPosition from "./denial-chain-position.sql";
import denialCosts from "./denial-costs.sql";
import denialCoverage from "./denial-coverage.sql";
import denialFacet from "./denial-facet.sql";
import denialFailures from "./denial-failures.sql";
import denialFirstSeen from "./denial-first-seen.sql";
import denialGroups from "./denial-groups.sql";
import denialHistogram from "./denial-histogram.sql";
import denialList from "./denial-list.sql";
import denialMatrix from "./denial-matrix.sql";
import denialOrderAsc from "./denial-order-asc.sql";
import denialOrderDesc from "./denial-order-desc.sql";
import denialPage from "./denial-page.sql";
import denialPatterns from "./denial-patterns.sql";
import denialPolicies from "./denial-policies.sql";
import denialPrevalence from "./denial-prevalence.sql";
import denialProbes from "./denial-probes.sql";
import denialRange from "./denial-range.sql";
import denialReadingActors from "./denial-reading-actors.sql";
import denialReadingAsked from "./denial-reading-asked.sql";
import denialReadingPolicy from "./denial-reading-policy.sql";
import denialReadingRetries from "./denial-reading-retries.sql";
import denialReadingTools from "./denial-reading-tools.sql";
import denialReasons from "./denial-reasons.sql";
import denialRetries from "./denial-retries.sql";
import denialSpread from "./denial-spread.sql";
import denialTotals from "./denial-totals.sql";
import denialViews from "./denial-views.sql";
import indexDenials from "./index-denials.sql";
import letterOrder from "./letter-order.sql";
import letterPage from "./letter-page.sql";
import letterTotals from "./letter-totals.sql";
import lockDown from "./lock-down.sql";
import macros from "./macros.sql";
import maskDenials from "./mask-denials.sql";
import receiptFacet from "./receipt-facet.sql";
import receiptHistogram from "./receipt-histogram.sql";
import receiptOrderAsc from "./receipt-order-asc.sql";
import receiptOrderDesc from "./receipt-order-desc.sql";
import receiptPage from "./receipt-page.sql";
import receiptTotals from "./receipt-totals.sql";
import schema from "./schema.sql";
import setBin from "./set-bin.sql";
import setDenialFilter from "./set-denial-filter.sql";
import setDenialMatrix from "./set-denial-matrix.sql";
import setDenialParts from "./set-denial-parts.sql";
import setDenialWindow from "./set-denial-window.sql";
import setFacet from "./set-facet.sql";
import setFilter from "./set-filter.sql";
import setRows from "./set-rows.sql";
import setSort from "./set-sort.sql";
import unmaskDenials from "./unmask-denials.sql";
import views from "./views.sql";

/** Statements that build the database, in the order in which they run, and those that keep it. */
export const FOUNDATION = {
  lockDown,
  schema,
  conclusionTables,
  macros,
  views,
  denialViews,
  checkAlignment,
  clear,
  clearMasks,
  maskDenials,
  unmaskDenials,
  indexDenials,
} as const;

/** Statements that put bound values into the connection's variables. */
export const SETTINGS = {
  setFilter,
  setSort,
  setRows,
  setFacet,
  setBin,
  setDenialFilter,
  setDenialParts,
  setDenialMatrix,
  setDenialWindow,
} as const;
export type SettingName = keyof typeof SETTINGS;

/** What can be asked about receipts and denials; each text is a constant. */
export const QUESTIONS = {
  receiptTotals,
  receiptOrderAsc,
  receiptOrderDesc,
  receiptPage,
  receiptFacet,
  receiptHistogram,
  denialChainPosition,
  denialCosts,
  denialCoverage,
  denialFacet,
  denialFailures,
  denialFirstSeen,
  denialGroups,
  denialHistogram,
  denialList,
  denialMatrix,
  denialOrderAsc,
  denialOrderDesc,
  denialPage,
  denialPatterns,
  denialPolicies,
  denialPrevalence,
  denialProbes,
  denialRange,
  denialReadingActors,
  denialReadingAsked,
  denialReadingPolicy,
  denialReadingRetries,
  denialReadingTools,
  denialReasons,
  denialRetries,
  denialSpread,
  denialTotals,
  letterOrder,
  letterPage,
  letterTotals,
} as const;
export type QuestionName = keyof typeof QUESTIONS;

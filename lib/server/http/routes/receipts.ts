import { parseJson } from "@/kernel/json/parse.ts";
import { isObject, type JsonValue } from "@/kernel/json/value.ts";
import { jsonInteger } from "@/kernel/record-members.ts";
import { receiptAnalytics } from "../../store/receipt-analytics.ts";
import { OUTCOMES, type ReceiptFilter } from "../../store/receipt-filter.ts";
import { queryReceipts } from "../../store/receipt-query.ts";
import { verifies } from "../../verify-receipt.ts";
import { MIB } from "../limits.ts";
import { answer, refusal } from "../problem.ts";
import { QueryReader } from "../query-reader.ts";
import type { Route } from "../route.ts";

/** `POST /v1/receipts/verify`: whether a tool receipt is one of this server's, whole. */
export const receiptVerifyRoute: Route = {
  method: "POST",
  path: "/v1/receipts/verify",
  access: "data",
  rate: "evaluate",
  bodyLimit: 10 * MIB,
  errors: "sidecar",
  async handle({ body }, shell) {
    return isObject(body)
      ? answer({ valid: verifies(body, ["v1", "pre-v1"], shell) })
      : refusal({ code: "bad-request", message: "Expected a receipt." }, "sidecar");
  },
};

const READ = {
  method: "GET",
  access: "control",
  rate: "control",
  bodyLimit: 0,
  errors: "house",
} as const;

/** `GET /v1/receipts/query` (kernel semantics 6.2). */
export const receiptQueryRoute: Route = {
  ...READ,
  path: "/v1/receipts/query",
  async handle({ query }, { receipts }) {
    const reader = new QueryReader(query);
    const filter = filterOf(reader);
    const page = { cursor: reader.integer("cursor"), limit: reader.integer("limit") };
    const read = reader.done();
    if (!read.ok) {
      return refusal(read.error);
    }
    const found = queryReceipts(receipts.connection, filter, page);
    return answer({
      totalCount: jsonInteger(found.totalCount),
      nextCursor: found.nextCursor === null ? null : jsonInteger(found.nextCursor),
      receipts: found.receipts.map(stored),
    });
  },
};

/** `GET /v1/receipts/analytics` (kernel semantics 6.2). */
export const receiptAnalyticsRoute: Route = {
  ...READ,
  path: "/v1/receipts/analytics",
  async handle({ query }, { receipts }) {
    const reader = new QueryReader(query);
    const filter = filterOf(reader);
    const groupLimit = reader.integer("groupLimit");
    const timeBucket = reader.oneOf("timeBucket", ["hour", "day"]) ?? "hour";
    const read = reader.done();
    return read.ok
      ? answer(receiptAnalytics(receipts.connection, filter, { groupLimit, timeBucket }))
      : refusal(read.error);
  },
};

function filterOf(reader: QueryReader): ReceiptFilter {
  return {
    capabilityId: reader.text("capabilityId"),
    toolServer: reader.text("toolServer"),
    toolName: reader.text("toolName"),
    outcome: reader.oneOf("outcome", OUTCOMES),
    since: reader.integer("since"),
    until: reader.integer("until"),
    minCost: reader.integer("minCost"),
    maxCost: reader.integer("maxCost"),
    agentSubject: reader.text("agentSubject"),
    // The operator's token sees every tenant; a tenant named by a caller would be the caller's word.
    tenantId: null,
  };
}

/** @throws where the store holds what is no JSON, which is damage */
function stored(text: string): JsonValue {
  const parsed = parseJson(text);
  if (!parsed.ok) {
    throw new TypeError("a stored receipt cannot be read");
  }
  return parsed.value.value;
}

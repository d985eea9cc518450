import { parseJson } from "@/kernel/json/parse.ts";
import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";
import { jsonInteger } from "@/kernel/record-members.ts";
import type { LineageRow } from "../../store/lineage-store.ts";
import { answer, refusal } from "../problem.ts";
import type { Route } from "../route.ts";

const SHARED = {
  method: "GET",
  access: "control",
  rate: "control",
  bodyLimit: 0,
  errors: "house",
} as const;

/** `GET /v1/lineage/{id}`: what is known of one capability. */
export const lineageRoute: Route = {
  ...SHARED,
  path: "/v1/lineage/{id}",
  async handle({ parameters }, { lineage }) {
    const row = lineage.byId(parameters.get("id") ?? "");
    return row === null ? NOT_KNOWN() : answer(rowJson(row));
  },
};

/** `GET /v1/lineage/{id}/chain`: the capability and its ancestors, itself first. */
export const lineageChainRoute: Route = {
  ...SHARED,
  path: "/v1/lineage/{id}/chain",
  async handle({ parameters }, { lineage }) {
    const chain = lineage.chain(parameters.get("id") ?? "");
    return chain.length === 0 ? NOT_KNOWN() : answer({ chain: chain.map(rowJson) });
  },
};

const NOT_KNOWN = () =>
  refusal({ code: "not-found", message: "No capability of this id is known.", where: "id" });

function rowJson(row: LineageRow): JsonObject {
  return {
    capabilityId: row.capabilityId,
    subjectKey: row.subjectKey,
    issuerKey: row.issuerKey,
    issuedAt: jsonInteger(row.issuedAt),
    expiresAt: jsonInteger(row.expiresAt),
    scope: scopeJson(row.grantsJson),
    delegationDepth: jsonInteger(row.delegationDepth),
    parentCapabilityId: row.parentCapabilityId,
  };
}

function scopeJson(text: string): JsonValue {
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value.value : null;
}

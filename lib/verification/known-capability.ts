import { parseJson } from "@/kernel/json/parse.ts";
import { asText, isArray, isObject, type JsonObject, member } from "@/kernel/json/value.ts";
import type { PlacedRecord } from "./members.ts";

/** What is loaded of a capability: its token, or what a store says of it, which nobody signed. */
export type KnownCapability =
  | { readonly kind: "token"; readonly token: JsonObject }
  | { readonly kind: "lineage"; readonly body: JsonObject };

/** A capability by its id. A token whose signature fits comes before one that does not, a token before a row. */
export function knownCapability(
  others: readonly PlacedRecord[],
  id: string,
): KnownCapability | null {
  const tokens = others.filter(
    ({ kind, value }) => kind === "capability" && member(value, "id") === id,
  );
  const token = tokens.find(({ signature }) => signature === "fits") ?? tokens[0];
  if (token !== undefined) {
    return { kind: "token", token: token.value };
  }
  const row = others.find(
    ({ kind, value }) => kind === "lineage" && member(value, "capability_id") === id,
  );
  return row === undefined ? null : { kind: "lineage", body: bodyOf(row.value, id) };
}

/** A lineage row as the body of a token. Its scope stands in it as a text of its own. */
function bodyOf(row: JsonObject, id: string): JsonObject {
  const parsed = parseJson(asText(member(row, "grants_json")) ?? "");
  const scope = parsed.ok && isObject(parsed.value.value) ? parsed.value.value : { grants: [] };
  return {
    id,
    subject: member(row, "subject_key") ?? "",
    issued_at: member(row, "issued_at") ?? 0,
    expires_at: member(row, "expires_at") ?? 0,
    scope: withoutEmptyLists(scope),
  };
}

function withoutEmptyLists(scope: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(scope)
      .filter(([name, value]) => name === "grants" || !isEmpty(value))
      .map(([name, value]) => [
        name,
        isArray(value)
          ? value.map((grant) =>
              isObject(grant)
                ? Object.fromEntries(Object.entries(grant).filter(([, inner]) => !isEmpty(inner)))
                : grant,
            )
          : value,
      ]),
  );
}

function isEmpty(value: JsonObject[string]): boolean {
  return value === null || (isArray(value) && value.length === 0);
}

import type { Check, Note } from "../check.ts";
import { isHexOf, toHex } from "../encoding.ts";
import { hasCcCharacter } from "../json/canonicalize.ts";
import type { JsonObject } from "../json/value.ts";
import { asText, isObject, member } from "../json/value.ts";
import type { Primitives } from "../primitives.ts";
import { ccEscaped, hashHex, hashText } from "../texts.ts";
import type { ReceiptForm } from "./detect.ts";
import { isAbbreviated } from "./documentation.ts";

const POINTER = "/action/parameter_hash";
const PREFIX = "sha256:";

/**
 * Compares `action.parameter_hash` with the hash of the canonical parameters: `expected` is the
 * recorded hash, `actual` the computed one. A receipt derived from an HTTP receipt records the content hash there
 * by rule, which is another hash: not applicable. An example of the documentation that abbreviates its
 * hash cannot be compared.
 */
export function parameterHashCheck(
  receipt: JsonObject,
  form: ReceiptForm,
  parameters: string | null,
  primitives: Primitives,
  notes: Note[],
): Check {
  const action = member(receipt, "action");
  const spelled = isObject(action) ? asText(member(action, "parameter_hash")) : undefined;
  const hash = parameters === null ? null : hashText(parameters, primitives);
  if (spelled !== undefined && hash !== null && isHexOf(spelled, hash)) {
    return { name: "parameter-hash", outcome: { kind: "passed" } };
  }
  const computed = hash && toHex(hash);
  if (spelled === undefined || parameters === null) {
    return failed(spelled ?? null, computed);
  }
  const recorded = (
    spelled.startsWith(PREFIX) ? spelled.slice(PREFIX.length) : spelled
  ).toLowerCase();
  if (recorded === computed) {
    notes.push({ code: "FMT-009", pointer: POINTER, actual: spelled });
    return { name: "parameter-hash", outcome: { kind: "passed", note: "another spelling" } };
  }
  if (hasCcCharacter(parameters) && recorded === hashHex(ccEscaped(parameters), primitives)) {
    notes.push({ code: "SIG-006", pointer: POINTER, actual: "cc-escape" });
    return { name: "parameter-hash", outcome: { kind: "passed", note: "cc-escape" } };
  }
  if (member(receipt, "tool_server") === "http" && member(receipt, "content_hash") === spelled) {
    notes.push({ code: "HSH-003", pointer: POINTER, actual: spelled });
    return {
      name: "parameter-hash",
      outcome: { kind: "not-applicable", why: "derived from an HTTP receipt" },
    };
  }
  if (form === "documentation" && isAbbreviated(spelled)) {
    return { name: "parameter-hash", outcome: { kind: "not-checked", why: "abbreviated" } };
  }
  return failed(spelled, computed);
}

function failed(expected: string | null, actual: string | null): Check {
  return {
    name: "parameter-hash",
    outcome: { kind: "failed", code: "HSH-001", pointer: POINTER, expected, actual },
  };
}

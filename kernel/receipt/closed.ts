import { canonicalize } from "../json/canonicalize.ts";
import { childPointer } from "../json/pointer.ts";
import { isArray, isObject, type JsonObject, type JsonValue, member } from "../json/value.ts";

/** What a projection onto known members met on its way. */
export interface Deviations {
  /** Pointers of members that the typed form does not know, hence does not sign. */
  readonly unknown: string[];
  /** Something was left out or respelled: the received text is not the normal form. */
  differs: boolean;
}

const EVIDENCE_ITEM = ["details", "guard_name", "verdict"] as const;
const ACTOR_ITEM = ["actor_id", "actor_kind"] as const;
const VERDICT_ONLY = ["verdict"] as const;
const VERDICT_REASON = ["reason", "verdict"] as const;
const DENIAL = ["guard", "reason", "verdict"] as const;
const HTTP_DENIAL = ["guard", "http_status", "reason", "verdict"] as const;
const STATE_ONLY = ["state"] as const;
const STATE_REASON = ["reason", "state"] as const;
const NONE: ReadonlySet<string> = new Set();
const NULLABLE: ReadonlySet<string> = new Set(["details", "actor_kind"]);

export function decisionText(value: JsonValue, pointer: string, deviations: Deviations): string {
  return taggedText(value, pointer, deviations, DENIAL);
}

export function httpVerdictText(value: JsonValue, pointer: string, deviations: Deviations): string {
  return taggedText(value, pointer, deviations, HTTP_DENIAL);
}

function taggedText(
  value: JsonValue,
  pointer: string,
  deviations: Deviations,
  denial: readonly string[],
): string {
  switch (isObject(value) ? member(value, "verdict") : undefined) {
    case "allow":
      return closedText(value, VERDICT_ONLY, NONE, pointer, deviations);
    case "deny":
      return closedText(value, denial, NONE, pointer, deviations);
    case "cancel":
    case "cancelled":
    case "incomplete":
      return closedText(value, VERDICT_REASON, NONE, pointer, deviations);
    default:
      return canonicalize(value);
  }
}

export function terminalStateText(
  value: JsonValue,
  pointer: string,
  deviations: Deviations,
): string {
  switch (isObject(value) ? member(value, "state") : undefined) {
    case "completed":
      return closedText(value, STATE_ONLY, NONE, pointer, deviations);
    case "cancelled":
    case "incomplete":
      return closedText(value, STATE_REASON, NONE, pointer, deviations);
    default:
      return canonicalize(value);
  }
}

export function evidenceText(value: JsonValue, pointer: string, deviations: Deviations): string {
  return listText(value, EVIDENCE_ITEM, pointer, deviations);
}

export function actorChainText(value: JsonValue, pointer: string, deviations: Deviations): string {
  return listText(value, ACTOR_ITEM, pointer, deviations);
}

/**
 * The action's canonical text and, apart, that of its free-form parameters, so that the parameter hash
 * costs no second pass over them. A missing or retyped action has no parameters to hash.
 */
export function actionText(
  value: JsonValue,
  pointer: string,
  deviations: Deviations,
): { readonly text: string; readonly parameters: string | null } {
  if (!isObject(value)) {
    return { text: canonicalize(value), parameters: null };
  }
  const hash = member(value, "parameter_hash");
  const parameters = member(value, "parameters");
  const parameterText = parameters === undefined ? null : canonicalize(parameters);
  const present = (hash === undefined ? 0 : 1) + (parameterText === null ? 0 : 1);
  collectUnknown(
    value,
    present,
    (name) => name === "parameter_hash" || name === "parameters",
    pointer,
    deviations,
  );
  const parts: string[] = [];
  if (hash !== undefined) {
    parts.push(`"parameter_hash":${canonicalize(hash)}`);
  }
  if (parameterText !== null) {
    parts.push(`"parameters":${parameterText}`);
  }
  return { text: `{${parts.join(",")}}`, parameters: parameterText };
}

function listText(
  value: JsonValue,
  names: readonly string[],
  pointer: string,
  deviations: Deviations,
): string {
  if (!isArray(value)) {
    return canonicalize(value);
  }
  let text = "[";
  for (let position = 0; position < value.length; position += 1) {
    const item = value[position];
    if (item !== undefined) {
      text += position === 0 ? "" : ",";
      text += closedText(item, names, NULLABLE, pointer, deviations, position);
    }
  }
  return `${text}]`;
}

/** Canonical text of the known members alone; `names` is in canonical order. */
function closedText(
  value: JsonValue,
  names: readonly string[],
  nullable: ReadonlySet<string>,
  pointer: string,
  deviations: Deviations,
  position: number | null = null,
): string {
  if (!isObject(value)) {
    return canonicalize(value);
  }
  let present = 0;
  let text = "{";
  for (const name of names) {
    const item = member(value, name);
    if (item === undefined) {
      continue;
    }
    present += 1;
    if (item === null && nullable.has(name)) {
      deviations.differs = true;
      continue;
    }
    text += `${text.length === 1 ? "" : ","}"${name}":${canonicalize(item)}`;
  }
  const place = position === null ? pointer : `${pointer}/${position}`;
  collectUnknown(value, present, (name) => names.includes(name), place, deviations);
  return `${text}}`;
}

function collectUnknown(
  value: JsonObject,
  present: number,
  isKnown: (name: string) => boolean,
  pointer: string,
  deviations: Deviations,
): void {
  const names = Object.keys(value);
  if (names.length === present) {
    return;
  }
  deviations.differs = true;
  for (const name of names) {
    if (!isKnown(name)) {
      deviations.unknown.push(childPointer(pointer, name));
    }
  }
}

import { childPointer } from "@/kernel/json/pointer.ts";
import { isArray, isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import type { RuleCondition } from "./model.ts";
import type { PlacelessProblem } from "./problem.ts";
import { fieldOfSigma, SIGMA_FIELDS, SIGMA_VERDICT } from "./sigma-names.ts";
import { plainSigma, sigmaPattern } from "./sigma-text.ts";

type Refuse = (pointer: string, detail: string, fix: string) => void;

/**
 * The conditions of a base rule's `detection`: selections joined by `and`, some of them with `not`. Whatever else
 * Sigma can say there is refused by name: a rule without it would count something else.
 */
export function conditionsOf(
  detection: JsonValue | undefined,
  problems: PlacelessProblem[],
): readonly RuleCondition[] {
  const refuse: Refuse = (path, detail, fix) => {
    problems.push({ code: "sigma-unsupported", pointer: `/detection${path}`, detail, fix });
  };
  if (!isObject(detection)) {
    refuse("", "this is no object", "write selections and a condition");
    return [];
  }
  const terms = termsOf(member(detection, "condition"), refuse);
  const used = new Set(terms.map(({ name }) => name));
  for (const name of Object.keys(detection)) {
    if (name !== "condition" && !used.has(name)) {
      refuse(childPointer("", name), "the condition does not use this", "use it or remove it");
    }
  }
  return terms.flatMap((term) => selectionOf(detection, term, refuse));
}

interface Term {
  readonly name: string;
  readonly isNegated: boolean;
}

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/u;
const RESERVED: ReadonlySet<string> = new Set([
  "and",
  "or",
  "not",
  "of",
  "all",
  "them",
  "near",
  "1",
]);

function termsOf(condition: JsonValue | undefined, refuse: Refuse): readonly Term[] {
  const at = "/condition";
  if (typeof condition !== "string") {
    refuse(at, "only one condition, as a text, is read", "write it as one text");
    return [];
  }
  if (condition.includes("|")) {
    refuse(at, "an aggregation after | is the old way", "write a correlation instead");
    return [];
  }
  const words = condition.split(/\s+/u).filter((word) => word !== "");
  const terms: Term[] = [];
  let index = 0;
  while (index < words.length) {
    const isNegated = words[index]?.toLowerCase() === "not";
    index += isNegated ? 1 : 0;
    const name = words[index] ?? "";
    const joint = words[index + 1]?.toLowerCase();
    if (!NAME.test(name) || RESERVED.has(name.toLowerCase()) || (joint ?? "and") !== "and") {
      const shown = JSON.stringify(condition.slice(0, 80));
      refuse(at, `${shown} is more than selections joined by and, and not`, "write it with these");
      return [];
    }
    terms.push({ name, isNegated });
    index += 2;
    if (joint !== undefined && index >= words.length) {
      refuse(at, "it ends with and", "complete it");
    }
  }
  if (terms.length === 0) {
    refuse(at, "it is empty", "name a selection");
  }
  return terms;
}

function selectionOf(
  detection: JsonObject,
  { name, isNegated }: Term,
  refuse: Refuse,
): readonly RuleCondition[] {
  const pointer = childPointer("", name);
  const selection = member(detection, name);
  if (!isObject(selection)) {
    const detail =
      selection === undefined
        ? "the condition names a selection that is not there"
        : "keywords and lists of selections are not read";
    refuse(pointer, detail, "write fields and their values");
    return [];
  }
  const entries = Object.entries(selection);
  if (entries.length === 0) {
    refuse(pointer, "the selection is empty", "write fields and their values");
  }
  if (isNegated && entries.length > 1) {
    refuse(pointer, "not of several fields together", "negate one field in each selection");
    return [];
  }
  return entries.flatMap(([key, value]) => {
    const read = conditionOf(key, value, isNegated, (detail, fix) =>
      refuse(childPointer(pointer, key), detail, fix),
    );
    return read === null ? [] : [read];
  });
}

function conditionOf(
  key: string,
  value: JsonValue,
  isNegated: boolean,
  refuse: (detail: string, fix: string) => void,
): RuleCondition | null {
  const [name = "", ...modifiers] = key.split("|");
  const values = valuesOf(value);
  if (values === null) {
    refuse("the values are no texts", "write a text or a list of texts");
    return null;
  }
  if (name === SIGMA_VERDICT.field) {
    const isDeny = values.length === 1 && values[0]?.toLowerCase() === SIGMA_VERDICT.value;
    if (!isDeny || isNegated || modifiers.some((modifier) => modifier !== "cased")) {
      refuse("only denials can be selected here", `write ${SIGMA_VERDICT.field}: deny`);
    }
    return null;
  }
  const field = fieldOfSigma(name);
  if (field === null) {
    refuse("the field is not known", `use one of ${Object.values(SIGMA_FIELDS).join(", ")}`);
    return null;
  }
  const match = matchOf(modifiers, values);
  if (typeof match === "string") {
    refuse(match, "use startswith, endswith, contains, re or cased");
    return null;
  }
  if (isNegated && match.operator !== "is") {
    refuse("not of anything but exact values", "write not of a field with |cased and no wildcards");
    return null;
  }
  return { field, ...match, operator: isNegated ? "is-not" : match.operator };
}

function valuesOf(value: JsonValue): readonly string[] | null {
  const list = isArray(value) ? value : [value];
  const texts = list.flatMap((each) => {
    if (each === null) {
      return [""];
    }
    return typeof each === "string"
      ? [each]
      : typeof each === "number" || typeof each === "bigint" || typeof each === "boolean"
        ? [String(each)]
        : [];
  });
  return texts.length === list.length && texts.length > 0 ? texts : null;
}

type Match = Pick<RuleCondition, "operator" | "values">;

/** How values are compared. A text is the sentence that refuses a modifier. */
function matchOf(modifiers: readonly string[], values: readonly string[]): Match | string {
  const kinds = modifiers.filter((modifier) => modifier !== "cased");
  const [kind, ...flags] = kinds;
  if (kind === "re") {
    const unknown = flags.find((flag) => flag !== "i" && flag !== "m" && flag !== "s");
    return unknown === undefined && kinds.length === modifiers.length
      ? { operator: "matches", values: values.map((value) => flagged(flags, value)) }
      : `the modifier ${shownName(unknown ?? "cased")} is not read after re`;
  }
  const around = kind === undefined ? EXACT : AROUND.get(kind);
  const rest = around === undefined ? kind : flags[0];
  if (around === undefined || rest !== undefined) {
    return `the modifier ${shownName(rest ?? "")} is not read`;
  }
  const plain = values.flatMap((value) => plainSigma(value) ?? []);
  const isCased = kinds.length < modifiers.length;
  if (isCased && plain.length === values.length) {
    return { operator: around.operator, values: plain };
  }
  // Sigma compares without regard to case unless told, and knows wildcards: both are said as a pattern.
  const start = `(?${isCased ? "" : "i"}s)${around.start}`;
  const pattern = (value: string): string => `${start}${sigmaPattern(value)}${around.end}`;
  return { operator: "matches", values: values.map(pattern) };
}

interface Around {
  readonly operator: "is" | "starts-with" | "ends-with" | "contains";
  readonly start: "" | "^";
  readonly end: "" | "$";
}
const EXACT: Around = { operator: "is", start: "^", end: "$" };
const AROUND: ReadonlyMap<string, Around> = new Map([
  ["startswith", { operator: "starts-with", start: "^", end: "" }],
  ["endswith", { operator: "ends-with", start: "", end: "$" }],
  ["contains", { operator: "contains", start: "", end: "" }],
]);

function flagged(flags: readonly string[], pattern: string): string {
  return flags.length === 0 ? pattern : `(?${[...new Set(flags)].join("")})${pattern}`;
}

function shownName(name: string): string {
  return JSON.stringify(name.slice(0, 40));
}

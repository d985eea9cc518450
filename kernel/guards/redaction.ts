import { childPointer } from "../json/pointer.ts";
import { isArray, isObject, type JsonObject, type JsonValue } from "../json/value.ts";
import type { OutputConfig } from "../policy/effective-policy.ts";
import type { Span } from "../regex.ts";
import { decodedViews } from "./disguise.ts";
import { pairedText } from "./scanned-texts.ts";
import { type Detector, ownPattern, removalSpans, SECRET_DETECTORS } from "./secret-patterns.ts";

/** What stands where something was taken out. No detector finds anything in it. */
export const MASK = "[REDACTED]";

export type RedactionConfig = Pick<OutputConfig, "detect" | "names"> & {
  readonly action: "mask" | "drop";
};

/** What was found and where. Names that are themselves sensitive are masked in the pointer. */
export interface RedactionFinding {
  readonly what: string;
  readonly pointer: string;
}

export interface Redaction {
  readonly value: JsonValue;
  readonly findings: readonly RedactionFinding[];
}

const EMAIL: Detector = {
  name: "email",
  pattern: ownPattern("[A-Za-z0-9._%+\\-]{1,64}@(?:[A-Za-z0-9\\-]{1,63}\\.){1,8}[A-Za-z]{2,63}"),
};
const SSN: Detector = {
  name: "ssn",
  pattern: ownPattern("\\b[0-9]{3}-[0-9]{2}-[0-9]{4}\\b|\\b[0-9]{3} [0-9]{2} [0-9]{4}\\b"),
};
const DETECTORS = { email: [EMAIL], ssn: [SSN], secret: SECRET_DETECTORS } as const;

/** Rounds of masking: what is uncovered by a mask may itself be found. After the last, the text goes whole. */
const ROUNDS = 4;

/**
 * Takes out of a value whatever the configuration looks for: in texts, in members' names, in a member's name
 * and text together (`{"password": "…"}`), and under listed names. Names compare without regard to case,
 * hyphens and underscores. What is only found once decoded costs the whole text. Applied to its own result it
 * finds nothing.
 */
export function redactValue(value: JsonValue, config: RedactionConfig): Redaction {
  const walk: Walk = {
    detectors: config.detect.flatMap((kind) => DETECTORS[kind]),
    names: new Set(config.names.map(foldName)),
    drop: config.action === "drop",
    findings: [],
  };
  return { value: redactAny(value, "", walk) ?? null, findings: walk.findings };
}

/** The findings as one line for evidence: kinds and places, never content. */
export function findingsText(findings: readonly RedactionFinding[]): string {
  const places = findings.slice(0, 8).map(({ what, pointer }) => `${what} at "${pointer}"`);
  const rest = findings.length - places.length;
  return places.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

interface Walk {
  readonly detectors: readonly Detector[];
  readonly names: ReadonlySet<string>;
  readonly drop: boolean;
  readonly findings: RedactionFinding[];
}

function foldName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[-_\s]/g, "");
}

/** `undefined` where the value is dropped. */
function redactAny(value: JsonValue, pointer: string, walk: Walk): JsonValue | undefined {
  if (typeof value === "string") {
    const masked = maskText(value, pointer, walk);
    return walk.drop && masked !== value ? undefined : masked;
  }
  if (isArray(value)) {
    return value.flatMap((element, index) => {
      const redacted = redactAny(element, childPointer(pointer, index), walk);
      return redacted === undefined ? [] : [redacted];
    });
  }
  return isObject(value) ? redactMembers(value, pointer, walk) : value;
}

function redactMembers(value: JsonObject, pointer: string, walk: Walk): JsonObject {
  const members = new Map<string, JsonValue>();
  for (const [name, item] of Object.entries(value)) {
    const masked = maskText(name, pointer, walk);
    if (walk.drop && masked !== name) {
      continue;
    }
    const shown = masked === name ? name : freeName(masked, value, members);
    const redacted = redactMember({ name, shown }, item, childPointer(pointer, shown), walk);
    if (redacted !== undefined) {
      members.set(shown, redacted);
    }
  }
  return Object.fromEntries(members);
}

function redactMember(
  { name, shown }: { readonly name: string; readonly shown: string },
  item: JsonValue,
  pointer: string,
  walk: Walk,
): JsonValue | undefined {
  if (walk.names.has(foldName(name))) {
    return item === null || item === MASK ? item : takeOut(`name ${name}`, pointer, walk);
  }
  const redacted = redactAny(item, pointer, walk);
  if (typeof redacted !== "string") {
    return redacted;
  }
  const pair = pairedText(shown, redacted);
  const found = walk.detectors.find(({ pattern }) => pattern.test(pair));
  return found === undefined ? redacted : takeOut(found.name, pointer, walk);
}

function takeOut(what: string, pointer: string, walk: Walk): JsonValue | undefined {
  walk.findings.push({ what, pointer });
  return walk.drop ? undefined : MASK;
}

/** Two masked names in one object must not become one member. */
function freeName(
  masked: string,
  value: JsonObject,
  taken: ReadonlyMap<string, JsonValue>,
): string {
  let name = masked;
  for (let count = 2; Object.hasOwn(value, name) || taken.has(name); count += 1) {
    name = `${masked} ${count}`;
  }
  return name;
}

function maskText(text: string, pointer: string, walk: Walk): string {
  let current = text;
  for (let round = 0; round < ROUNDS; round += 1) {
    const spans = walk.detectors.flatMap((detector) => {
      const found = removalSpans(detector, current);
      if (found.length > 0) {
        walk.findings.push({ what: detector.name, pointer });
      }
      return found;
    });
    if (spans.length === 0) {
      break;
    }
    current = cutOut(current, spans);
  }
  for (const view of [current, ...decodedViews(current)]) {
    const found = walk.detectors.find(({ pattern }) => pattern.test(view));
    if (found !== undefined) {
      walk.findings.push({ what: found.name, pointer });
      return MASK;
    }
  }
  return current;
}

function cutOut(text: string, spans: readonly Span[]): string {
  let rest = "";
  let end = 0;
  for (const span of spans.toSorted((left, right) => left.start - right.start)) {
    if (span.start >= end) {
      rest += text.slice(end, span.start) + MASK;
    }
    end = Math.max(end, span.end);
  }
  return rest + text.slice(end);
}

import { sha256 } from "../crypto/sha256.ts";
import { toHex, utf8 } from "../encoding.ts";
import { canonicalize } from "../json/canonicalize.ts";
import {
  asText,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
} from "../json/value.ts";
import type { FlowClass } from "../policy/effective-policy.ts";

/** What went through a session. Octets. */
export interface Flow {
  readonly read: bigint;
  readonly written: bigint;
  readonly classes: readonly FlowClass[];
}

export const NO_FLOW: Flow = { read: 0n, written: 0n, classes: [] };

const FIRST = "0".repeat(64);

/**
 * The journal's last entry. Each entry carries the totals so far, the time, and the hash of the one before, zeros
 * in the first; it is kept beside its own hash, so that a journal which was changed from outside is noticed.
 */
export interface Journal {
  readonly totals: Flow;
  readonly hash: string;
}

export const EMPTY_JOURNAL: Journal = { totals: NO_FLOW, hash: FIRST };

/**
 * Reads a journal as it was remembered.
 *
 * @throws TypeError where it is none, or does not fit its hash: a guard that throws denies.
 */
export function readJournal(state: JsonValue | undefined): Journal {
  if (state === undefined) {
    return EMPTY_JOURNAL;
  }
  const entry = isObject(state) ? member(state, "entry") : undefined;
  const hash = isObject(state) ? asText(member(state, "hash")) : undefined;
  if (!isObject(entry) || hash === undefined || hashOf(entry) !== hash) {
    throw new TypeError("the session's journal does not fit its hash");
  }
  const names = member(entry, "classes");
  return {
    totals: {
      read: readCount(entry, "read"),
      written: readCount(entry, "written"),
      classes: isArray(names) ? CLASSES.filter((name) => names.includes(name)) : CLASSES,
    },
    hash,
  };
}

const CLASSES: readonly FlowClass[] = ["secret-read", "outbound-write"];

function readCount(entry: JsonObject, name: string): bigint {
  return BigInt(asText(member(entry, name)) ?? "");
}

/** The journal with one more entry, as it is to be remembered. `now` in Unix milliseconds. */
export function appendFlow({ totals, hash }: Journal, flow: Flow, now: bigint): JsonValue {
  const entry: JsonObject = {
    previous: hash,
    at: String(now),
    read: String(totals.read + flow.read),
    written: String(totals.written + flow.written),
    classes: CLASSES.filter((name) => [...totals.classes, ...flow.classes].includes(name)),
  };
  return { entry, hash: hashOf(entry) };
}

function hashOf(entry: JsonObject): string {
  return toHex(sha256(utf8(canonicalize(entry))));
}

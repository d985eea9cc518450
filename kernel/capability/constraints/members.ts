import { isArray, type JsonValue } from "../../json/value.ts";
import { allMembers, asciiLower } from "./leaves.ts";
import { asTexts, holdsIf, type Judge } from "./outcome.ts";

/** `custom`: some object of the arguments has this member with exactly this string. */
export const custom: Judge = (value, { arguments: given }) => {
  const pair = asTexts(value);
  if (pair?.length !== 2) {
    return null;
  }
  const [name, expected] = pair;
  return holdsIf(
    allMembers(given).some(([member, actual]) => member === name && actual === expected),
  );
};

/** `audience_allowlist`: whom a call addresses is listed. */
export const audienceAllowlist = allowlist([
  "recipient",
  "recipients",
  "audience",
  "to",
  "channel",
  "channels",
]);

/** `memory_store_allowlist`: the store that a call names is listed. */
export const memoryStoreAllowlist = allowlist(["store", "memory_store", "collection", "namespace"]);

/**
 * Every value under one of these names is listed, at any depth and in any case; a call without any passes.
 * What is not text is passed over by the portable rule, and fails by the full one: it may name anybody.
 */
function allowlist(names: readonly string[]): Judge {
  const watched: ReadonlySet<string> = new Set(names);
  return (value, { arguments: given, mode }) => {
    const allowed = asTexts(value);
    if (allowed === null) {
      return null;
    }
    const values = allMembers(given)
      .filter(([name]) => watched.has(asciiLower(name)))
      .map(([, named]) => named);
    return holdsIf(
      values.every((named) =>
        mode === "full" ? allListed(named, allowed) : noneUnlisted(named, allowed),
      ),
    );
  };
}

/** A listed text, or a list of at least one of them and nothing else. */
function allListed(named: JsonValue, allowed: readonly string[]): boolean {
  const values = isArray(named) ? named : [named];
  return (
    values.length > 0 && values.every((item) => typeof item === "string" && allowed.includes(item))
  );
}

/** Texts in nested lists count; the members of nested objects have names of their own. */
function noneUnlisted(named: JsonValue, allowed: readonly string[]): boolean {
  if (isArray(named)) {
    return named.every((item) => noneUnlisted(item, allowed));
  }
  return typeof named !== "string" || allowed.includes(named);
}

import { isObject, type JsonObject, type JsonValue, member } from "../json/value.ts";
import { err, ok, type Result } from "../result.ts";
import type { PolicyProblem } from "./problem.ts";

export const MERGE_STRATEGIES = ["replace", "merge", "deep_merge"] as const;

/** Gives the policy of a name that `extends` holds; the error is a sentence. */
export type ResolvePolicy = (name: string) => Result<JsonValue, string>;

/** Policies that may stand behind one another. */
const MAX_CHAIN = 8;

/**
 * Puts a HushSpec document together with what it extends (kernel semantics 7.3). `replace` takes the document
 * alone, `merge` takes each rule and extension whole from the document where it has it, `deep_merge` goes down
 * through objects. Lists are never joined: the document's stands. Pointers of later problems are into the
 * document that comes out.
 */
export function resolveExtends(
  document: JsonValue,
  resolve: ResolvePolicy | null,
): Result<JsonValue, PolicyProblem> {
  return resolveChain(document, resolve, []);
}

function resolveChain(
  document: JsonValue,
  resolve: ResolvePolicy | null,
  seen: readonly string[],
): Result<JsonValue, PolicyProblem> {
  const name = isObject(document) ? member(document, "extends") : undefined;
  if (!isObject(document) || typeof name !== "string") {
    return ok(document);
  }
  if (resolve === null) {
    return unresolved(`extends ${name}, which cannot be read from here`);
  }
  if (seen.includes(name)) {
    return unresolved(`extends ${name}, which extends it`);
  }
  if (seen.length === MAX_CHAIN) {
    return unresolved(`extends more than ${MAX_CHAIN} policies`);
  }
  const found = resolve(name);
  if (!found.ok) {
    return unresolved(`extends ${name}: ${found.error}`);
  }
  const base = resolveChain(found.value, resolve, [...seen, name]);
  if (!base.ok) {
    return base;
  }
  return isObject(base.value) && Object.hasOwn(base.value, "hushspec")
    ? ok(combine(base.value, document))
    : unresolved(`extends ${name}, which is no HushSpec policy`);
}

/** Members that belong to one document and are not inherited. */
const OWN_MEMBERS = ["hushspec", "name", "description", "merge_strategy", "metadata"];

function combine(base: JsonObject, document: JsonObject): JsonObject {
  const inherited = Object.fromEntries(
    Object.entries(base).filter(([name]) => !OWN_MEMBERS.includes(name)),
  );
  switch (member(document, "merge_strategy")) {
    case "replace":
      return document;
    case "merge":
      return joined(inherited, document, (below, value) => joined(below, value, theDocuments));
    default:
      return joinedDeep(inherited, document);
  }
}

type Join = (below: JsonObject, value: JsonObject) => JsonObject;

const theDocuments: Join = (_below, value) => value;
const joinedDeep: Join = (below, value) => joined(below, value, joinedDeep);

/** The members of both; where both have one, the document's, or what `join` makes of two objects. */
function joined(base: JsonObject, document: JsonObject, join: Join): JsonObject {
  const entries = Object.entries(document).map(([name, value]): [string, JsonValue] => {
    const below = member(base, name);
    return [name, isObject(below) && isObject(value) ? join(below, value) : value];
  });
  return Object.fromEntries([...Object.entries(base), ...entries]);
}

function unresolved(detail: string): Result<never, PolicyProblem> {
  return err({ pointer: "/extends", kind: "unresolved", detail });
}

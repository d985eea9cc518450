import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { purePrimitives } from "../crypto/sha256.ts";
import { canonicalize } from "../json/canonicalize.ts";
import { isArray, isObject, type JsonValue } from "../json/value.ts";
import { hashHex } from "../texts.ts";
import { defaultPolicy } from "./defaults.ts";
import type { EffectivePolicy } from "./effective-policy.ts";
import { policyHash, policyJson } from "./hash.ts";
import { compiled } from "./testing/compiled.ts";
import { fullPolicy } from "./testing/full-policy.ts";

const hashOf = (policy: EffectivePolicy) => policyHash(policy, purePrimitives);

/** Every value of a policy that has no parts, with its way. */
function leavesOf(value: JsonValue, way: readonly string[] = []): (readonly string[])[] {
  if (isArray(value)) {
    return value.flatMap((element, index) => leavesOf(element, [...way, `${index}`]));
  }
  return isObject(value)
    ? Object.entries(value).flatMap(([name, part]) => leavesOf(part, [...way, name]))
    : [way];
}

function replaced(value: JsonValue, way: readonly string[], leaf: JsonValue): JsonValue {
  const [next, ...rest] = way;
  if (next === undefined) {
    return leaf;
  }
  if (isArray(value)) {
    return value.map((part, index) => (`${index}` === next ? replaced(part, rest, leaf) : part));
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, part]) => [
          name,
          name === next ? replaced(part, rest, leaf) : part,
        ]),
      )
    : value;
}

function reordered(value: JsonValue): JsonValue {
  if (isArray(value)) {
    return value.map(reordered);
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, part]) => [name, reordered(part)]),
      )
    : value;
}

const jsonHash = (value: JsonValue) => hashHex(canonicalize(value), purePrimitives);

describe("the hash of a policy", () => {
  it("is over its JSON value, lists as lists", () => {
    const policy = fullPolicy();
    expect(policyJson(policy)).toEqual(policy);
    expect(policyJson(policy)).toHaveProperty(["guards", "forbiddenPath", "exceptions"], ["/a"]);
  });

  it("does not see the order of members, nor how a default was written", () => {
    const json = policyJson(fullPolicy());
    expect(jsonHash(json)).toBe(hashOf(fullPolicy()));
    expect(jsonHash(reordered(json))).toBe(hashOf(fullPolicy()));
    expect(hashOf(compiled({ guards: { velocity: {} } }))).toBe(
      hashOf(
        compiled({
          kernel: { delegation_depth_limit: 5, max_capability_ttl: null },
          guards: {
            velocity: { window_secs: 60, max_invocations_per_window: 100, enabled: true },
            forbidden_path: { enabled: false },
          },
        }),
      ),
    );
  });

  it("changes with every single leaf", () => {
    const policy = fullPolicy();
    const json = policyJson(policy);
    const leaves = leavesOf(json);
    expect(leaves.length).toBeGreaterThan(100);
    const hashes = new Set(
      leaves.map((way) => jsonHash(replaced(json, way, `changed ${way.join("/")}`))),
    );
    expect(hashes.size).toBe(leaves.length);
    expect(hashes.has(hashOf(policy))).toBe(false);
  });

  it("changes with whatever stands in a leaf", () => {
    const json = policyJson(fullPolicy());
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(fc.constantFrom(...leavesOf(json)), leaf, (way, value) => {
        const changed = replaced(json, way, value);
        const isSame = canonicalize(changed) === canonicalize(json);
        expect(jsonHash(changed) === jsonHash(json)).toBe(isSame);
      }),
    );
  });

  it("tells a list from another order of it, since globs and rewrites run in order", () => {
    const policy = fullPolicy();
    expect(hashOf({ ...policy, rewrites: [...policy.rewrites].reverse() })).not.toBe(
      hashOf(policy),
    );
  });

  it("is of JSON values alone", () => {
    const broken = Object.assign(defaultPolicy(), { rewrites: undefined });
    expect(() => hashOf(broken)).toThrow("An effective policy has no undefined.");
  });

  it("tells every switch of a document apart", () => {
    const documents: JsonValue[] = [
      {},
      { guards: { forbidden_path: {} } },
      { guards: { forbidden_path: { exceptions: ["a"] } } },
      { guards: { path_allowlist: {} } },
      { guards: { velocity: {} } },
      { guards: { velocity: { burst_factor: 2 } } },
      { guards: { internal_network: {} } },
      { guards: { internal_network: { dns_rebinding_detection: false } } },
      { guards: { secret_patterns: {} } },
      { guards: { secret_patterns: {} }, output: { enabled: false } },
      { guards: { tool_access: {} } },
      { guards: { tool_access: { default_action: "block" } } },
      { kernel: { delegation_depth_limit: 4 } },
      { kernel: { checkpoint_batch_size: 99 } },
      { hushspec: "0.1.0" },
      { hushspec: "0.1.0", rules: { human_in_loop: { approve_above: 1 } } },
    ];
    const hashes = documents.map((document) => hashOf(compiled(document)));
    expect(new Set(hashes).size).toBe(documents.length);
  });
});

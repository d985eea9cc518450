import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../json/value.ts";
import { NO_GUARDS } from "./defaults.ts";
import { compiled, problemsOf } from "./testing/compiled.ts";

const guardsOf = (guards: JsonObject) => compiled({ guards }).guards;

describe("a section of another type or range", () => {
  it.each<[string, JsonValue, string, string]>([
    ["forbidden_path/patterns", "a", "wrong-type", "expected a list of texts"],
    ["forbidden_path/patterns", [1], "wrong-type", "expected a list of texts"],
    ["forbidden_path/exceptions", null, "wrong-type", "expected a list of texts"],
    ["tool_access/default_action", "deny", "wrong-type", "expected one of allow, block"],
    ["tool_access/max_args_size", -1, "wrong-type", "expected an integer from 0"],
    ["tool_access/max_args_size", 1.5, "wrong-type", "expected an integer from 0"],
    ["tool_access/max_args_size", "1", "wrong-type", "expected an integer from 0"],
    ["patch_integrity/max_additions", 2n ** 64n, "wrong-type", "expected an integer from 0"],
    ["patch_integrity/max_imbalance_ratio", -0.1, "wrong-type", "expected a number from 0"],
    ["patch_integrity/max_imbalance_ratio", Infinity, "wrong-type", "expected a number from 0"],
    ["patch_integrity/max_imbalance_ratio", "3", "wrong-type", "expected a number from 0"],
    ["velocity/window_secs", 0, "out-of-range", "must be from 1 to 18446744073709551615"],
    ["agent_velocity/window_secs", 0, "out-of-range", "must be from 1 to 18446744073709551615"],
    ["velocity/max_spend_per_window", "5", "wrong-type", "expected an integer from 0"],
    ["data_flow/forbidden_transitions", {}, "wrong-type", "expected a list"],
  ])("%s is refused", (place, value, kind, detail) => {
    const [section = "", name = ""] = place.split("/");
    expect(problemsOf({ guards: { [section]: { [name]: value } } })).toEqual([
      { pointer: `/guards/${place}`, kind, detail },
    ]);
  });

  it.each([
    "sql_query",
    "vector_db",
    "warehouse_cost",
    "query_result",
    "content_review",
    "cloud_guardrails",
    "threat_intel",
  ])("%s cannot be enforced", (name) => {
    const refused = {
      pointer: `/guards/${name}`,
      kind: "unenforceable",
      detail: "is not enforced by this kernel: leave it out, or say enabled: false",
    };
    expect(problemsOf({ guards: { [name]: {} } })).toEqual([refused]);
    expect(problemsOf({ guards: { [name]: { enabled: true, anything: 1 } } })).toEqual([refused]);
    expect(guardsOf({ [name]: { enabled: false, anything: 1 } })).toEqual(NO_GUARDS);
    expect(problemsOf({ guards: { [name]: null } })).toContainEqual(refused);
  });

  it("zero is a count and a limit, and not the absence of one", () => {
    const none = guardsOf({
      patch_integrity: { max_additions: 0 },
      velocity: { max_spend_per_window: 0 },
    });
    expect(none.patchIntegrity?.maxAdditions).toBe(0n);
    expect(none.velocity?.maxSpendPerWindow).toBe(0n);
  });

  it("all problems are told at once, with pointers that are escaped", () => {
    const document = {
      "a/b~c": 1,
      kernel: { unknown: 1 },
      guards: { magic: {}, velocity: { burst_factor: "x" } },
      capabilities: { other: {}, default: { more: [] } },
    };
    expect(problemsOf(document).map(({ pointer, kind }) => [pointer, kind])).toEqual([
      ["/kernel/unknown", "unknown-key"],
      ["/guards/velocity/burst_factor", "wrong-type"],
      ["/guards/magic", "unknown-key"],
      ["/capabilities/default/more", "unknown-key"],
      ["/capabilities/other", "unknown-key"],
      ["/a~1b~0c", "unknown-key"],
    ]);
  });

  it("the whole document may be no object", () => {
    for (const document of [null, [], "policy", 1, [{ hushspec: "0.1.0" }]]) {
      expect(problemsOf(document)).toEqual([
        { pointer: "", kind: "wrong-type", detail: "expected an object" },
      ]);
    }
  });

  it("members of the prototype are members like any other", () => {
    const document = Object.fromEntries([["__proto__", { guards: {} }]]);
    expect(problemsOf(document)).toEqual([
      { pointer: "/__proto__", kind: "unknown-key", detail: "is not known" },
    ]);
    expect(problemsOf({ guards: { toString: 1 } })).toHaveLength(1);
  });
});

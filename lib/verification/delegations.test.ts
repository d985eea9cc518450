import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/kernel/json/value.ts";
import { delegationsOf } from "./delegations.ts";
import type { PlacedRecord } from "./members.ts";

const record = (
  kind: "capability" | "lineage",
  value: JsonObject,
  signature: PlacedRecord["signature"] = "none",
  innerFits = true,
): PlacedRecord => ({
  kind,
  value,
  signature,
  innerFits,
  line: 1,
  offset: 0,
  length: 1,
  pointer: "",
  key: null,
  sha256: null,
  anchored: null,
  member: 0,
  unitStart: 0,
});
const row = (capability_id: string, parent_capability_id: string | null): PlacedRecord =>
  record("lineage", { capability_id, parent_capability_id });
const token = (id: string, ancestors: readonly string[], signature: "fits" | "does-not-fit") =>
  record(
    "capability",
    { id, delegation_chain: ancestors.map((capability_id) => ({ capability_id })) },
    signature,
  );

describe("delegations", () => {
  it("lead from a token to the first delegator, nearest first", () => {
    expect(delegationsOf([token("c", ["a", "b"], "fits")])("c")).toEqual([
      { capability: "c", parent: "b", strength: "verified" },
      { capability: "b", parent: "a", strength: "verified" },
    ]);
  });

  it("are asserted where the token does not fit, or a store's row says so", () => {
    const told = delegationsOf([token("c", ["b"], "does-not-fit"), row("b", "a")])("c");
    expect(told.map(({ parent, strength }) => [parent, strength])).toEqual([
      ["b", "asserted"],
      ["a", "asserted"],
    ]);
  });

  it("are asserted where a link inside the token does not fit", () => {
    const value = { id: "c", delegation_chain: [{ capability_id: "b" }] };
    const told = delegationsOf([record("capability", value, "fits", false)])("c");
    expect(told.map(({ strength }) => strength)).toEqual(["asserted"]);
  });

  it("prefer what is signed, whichever comes first", () => {
    const signed = token("c", ["b"], "fits");
    for (const records of [
      [row("c", "x"), signed],
      [signed, row("c", "x")],
    ]) {
      expect(delegationsOf(records)("c")).toEqual([
        { capability: "c", parent: "b", strength: "verified" },
      ]);
    }
  });

  it("pass over links that name the token itself", () => {
    expect(delegationsOf([token("c", ["a", "c", "c"], "fits")])("c")).toEqual([
      { capability: "c", parent: "a", strength: "verified" },
    ]);
  });

  it("end where they come back to themselves", () => {
    const told = delegationsOf([row("a", "b"), row("b", "a"), row("c", "c")]);
    expect(told("a").map(({ parent }) => parent)).toEqual(["b"]);
    expect(told("c")).toEqual([]);
    expect(told("nothing")).toEqual([]);
  });
});

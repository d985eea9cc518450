import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/kernel/json/value.ts";
import { indexCapabilities } from "./capability-index.ts";
import { knownCapability } from "./known-capability.ts";
import type { PlacedRecord } from "./members.ts";

function record(
  kind: PlacedRecord["kind"],
  value: JsonObject,
  signature: PlacedRecord["signature"] = "none",
): PlacedRecord {
  const place = { line: 0, offset: 0, length: 0, pointer: "", member: 0, unitStart: 0 };
  return {
    kind,
    value,
    signature,
    innerFits: true,
    key: null,
    sha256: null,
    anchored: null,
    ...place,
  };
}

describe("capabilities by their id", () => {
  it("are those that a search finds", () => {
    const others = [
      record("lineage", { capability_id: "cap-1", grants_json: "{}" }),
      record("capability", { id: "cap-1", note: "forged" }, "does-not-fit"),
      record("capability", { id: "cap-1" }, "fits"),
      record("lineage", { capability_id: "cap-2", grants_json: "{}" }),
      record("revocation", { capability_id: "cap-3" }),
      record("capability", { id: 4 }),
    ];
    const of = indexCapabilities(others);
    for (const id of ["cap-1", "cap-2", "cap-3", "cap-4", ""]) {
      expect(of(id), id).toEqual(knownCapability(others, id));
    }
    expect(of("cap-1")).toEqual({ kind: "token", token: { id: "cap-1" } });
    expect(of("cap-3")).toBeNull();
  });
});

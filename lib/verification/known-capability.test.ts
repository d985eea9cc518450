import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/kernel/json/value.ts";
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

const LINEAGE = record("lineage", {
  capability_id: "cap-1",
  subject_key: "aa",
  issuer_key: "bb",
  issued_at: 1,
  expires_at: 2,
  grants_json:
    '{"grants":[{"server_id":"s","tool_name":"t","operations":["invoke"],"constraints":[]}],"prompt_grants":[]}',
});

describe("knownCapability", () => {
  it("is the token whose signature fits, whatever else has its id", () => {
    const forged = record("capability", { id: "cap-1", scope: { grants: ["*"] } }, "does-not-fit");
    const token = record("capability", { id: "cap-1" }, "fits");
    expect(knownCapability([LINEAGE, forged, token], "cap-1")).toEqual({
      kind: "token",
      token: { id: "cap-1" },
    });
    expect(knownCapability([forged], "cap-1")).toMatchObject({ kind: "token" });
  });

  it("is the row of a store where no token is loaded, without its empty lists", () => {
    expect(knownCapability([LINEAGE], "cap-1")).toEqual({
      kind: "lineage",
      body: {
        id: "cap-1",
        subject: "aa",
        issued_at: 1,
        expires_at: 2,
        scope: { grants: [{ server_id: "s", tool_name: "t", operations: ["invoke"] }] },
      },
    });
  });

  it("grants nothing where the row's scope cannot be read", () => {
    const row = record("lineage", { capability_id: "cap-1", grants_json: "{" });
    expect(knownCapability([row], "cap-1")).toMatchObject({ body: { scope: { grants: [] } } });
  });

  it("is null for another id, and for a record that only names the id", () => {
    expect(knownCapability([LINEAGE], "cap-2")).toBeNull();
    expect(knownCapability([record("revocation", { capability_id: "cap-1" })], "cap-1")).toBeNull();
  });
});

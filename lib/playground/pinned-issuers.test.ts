import { describe, expect, it } from "vitest";
import type { TrustKey } from "@/lib/session/model.ts";
import { issuersInForce } from "./pinned-issuers.ts";

const KEY: TrustKey = {
  role: "capability_authority",
  key: "aa",
  fingerprint: "aa",
  note: "",
  validFrom: 100,
  validUntil: 200,
  retiredAt: 150,
};

describe("issuersInForce", () => {
  it.each([
    ["99", []],
    ["100", ["aa"]],
    ["149", ["aa"]],
    ["150", []],
  ])("at %s", (clock, expected) => {
    expect(issuersInForce([KEY], clock)).toEqual(expected);
  });

  it("ends at the end of the window, exclusive", () => {
    const key = { ...KEY, retiredAt: null };
    expect(issuersInForce([key], "199")).toEqual(["aa"]);
    expect(issuersInForce([key], "200")).toEqual([]);
    expect(issuersInForce([{ ...key, validFrom: null, validUntil: null }], "0")).toEqual(["aa"]);
  });

  it("takes no key of another role", () => {
    expect(issuersInForce([{ ...KEY, role: "kernel" }], "120")).toBe(null);
    expect(issuersInForce([], "120")).toBe(null);
  });

  it("takes all where the clock is no time", () => {
    expect(issuersInForce([KEY], "now")).toEqual(["aa"]);
  });
});

import { describe, expect, it } from "vitest";
import { keyAt, placeOf, walkPlaces } from "./walk-places.ts";

const walk = {
  row: Int32Array.of(7, -1, 0, -1, 9),
  distance: Int32Array.of(-2, -1, 0, 1, 1),
  settlement: new Uint8Array(5),
  missing: new Map([
    [1, { key: "m0000000000000001", id: "__proto__" }],
    [3, { key: "m0000000000000002", id: "" }],
  ]),
};

describe("places of a walk", () => {
  it("count receipts apart from what is not loaded", () => {
    const places = walkPlaces(walk);
    expect([...places.rows]).toEqual([7, 0, 9]);
    expect([...places.before]).toEqual([0, 1, 1, 2, 2]);
  });

  it("have keys, and keys have places", () => {
    for (let place = 0; place < 5; place += 1) {
      expect(placeOf(walk, keyAt(walk, place))).toBe(place);
    }
    expect(keyAt(walk, 5)).toBeNull();
    expect(placeOf(walk, "r8")).toBe(-1);
    expect(placeOf(walk, "f:send")).toBe(-1);
    expect(placeOf(walk, null)).toBe(-1);
  });
});

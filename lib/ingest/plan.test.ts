import { expect, it } from "vitest";
import { planUnits, reservedRows, roomOf } from "./plan.ts";
import { type Layout, LIMITS, type Member } from "./record.ts";
import { bytesSource } from "./sources.ts";

function member(id: number, size: number, layout: Layout): Member {
  const source = bytesSource(new Uint8Array(size));
  const place = { input: 0, path: "p", collection: "", name: "p", sha256: "", table: null };
  return { id, ...place, source, layout, bounds: null };
}

it("covers every octet once and reserves rows without overlap", () => {
  const members = [
    member(7, 1000, "lines"),
    member(8, 500, "text"),
    member(9, 999, "values"),
    member(10, 1, "lines"),
  ];
  const units = planUnits(members, 100, 300);
  expect(units.map(({ member: id, start, end }) => [id, start, end])).toEqual([
    [7, 0, 300],
    [7, 300, 600],
    [7, 600, 900],
    [7, 900, 1000],
    [9, 0, 999],
    [10, 0, 1],
  ]);
  let row = 100;
  for (const unit of units) {
    expect(unit.rowBase).toBe(row);
    row += reservedRows(unit.start, unit.end);
  }
  // Records as short as they come, each beginning inside the range.
  expect(reservedRows(0, 300) * LIMITS.bytesPerRow).toBeGreaterThan(300);
});

it("begins a long file with small units, and a short one with its only unit", () => {
  const sizes = (size: number) =>
    planUnits([member(1, size, "lines")], 0).map(({ start, end }) => end - start);
  const { unitBytes } = LIMITS;
  expect(sizes(unitBytes)).toEqual([unitBytes]);
  expect(sizes(3 * unitBytes)).toEqual([
    64 * 1024,
    512 * 1024,
    unitBytes,
    unitBytes,
    unitBytes - 576 * 1024,
  ]);
});

it("leaves the small units room for a long line that begins in them", () => {
  const { unitBytes } = LIMITS;
  const units = planUnits([member(1, 3 * unitBytes, "lines")], 0);
  for (const [at, unit] of units.entries()) {
    const isLast = at === units.length - 1;
    const octets = isLast ? unit.end - unit.start : unitBytes;
    expect(roomOf(unit) * LIMITS.bytesPerRow).toBeGreaterThan(octets);
    expect(units[at + 1]?.rowBase ?? unit.rowBase + roomOf(unit)).toBe(unit.rowBase + roomOf(unit));
  }
});

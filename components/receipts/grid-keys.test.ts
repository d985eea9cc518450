import { describe, expect, it } from "vitest";
import { movedPlace } from "./grid-keys.ts";

const size = { rows: 1_000_000, columns: 7, page: 20 };

describe("movedPlace", () => {
  it("moves by row, cell, page and to both ends", () => {
    const from = { row: 5, column: 2 };
    expect(movedPlace(from, "j", false, size)).toEqual({ row: 6, column: 2 });
    expect(movedPlace(from, "ArrowUp", false, size)).toEqual({ row: 4, column: 2 });
    expect(movedPlace(from, "ArrowLeft", false, size)).toEqual({ row: 5, column: 1 });
    expect(movedPlace(from, "PageDown", false, size)).toEqual({ row: 25, column: 2 });
    expect(movedPlace(from, "End", false, size)).toEqual({ row: 999_999, column: 2 });
    expect(movedPlace(from, "Home", true, size)).toEqual({ row: 0, column: 0 });
  });

  it("stays inside the table and ignores other keys", () => {
    expect(movedPlace({ row: 0, column: 0 }, "k", false, size)).toEqual({ row: 0, column: 0 });
    expect(movedPlace({ row: 0, column: 6 }, "ArrowRight", false, size)).toEqual({
      row: 0,
      column: 6,
    });
    expect(movedPlace({ row: 0, column: 0 }, "ArrowDown", false, { ...size, rows: 0 })).toEqual({
      row: 0,
      column: 0,
    });
    expect(movedPlace({ row: 0, column: 0 }, "q", false, size)).toBeNull();
  });
});

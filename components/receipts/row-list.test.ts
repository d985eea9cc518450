import fc from "fast-check";
import { expect, it } from "vitest";
import { MOST_LINKED_ROWS, readRows, writeRows } from "./row-list.ts";

it("gives back the rows in order, each once", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3_000), { minLength: 1, maxLength: 300 }), (rows) => {
      const expected = [...new Set(rows)].sort((a, b) => a - b);
      expect(readRows(writeRows(rows))).toEqual(expected);
    }),
  );
});

it("writes runs as their ends", () => {
  expect(writeRows([12, 5, 6, 7, 8, 9])).toBe("5-9.12");
});

it.each([null, "", "a", "1-", "9-1", "1..2", "1-99999999999", `0-${MOST_LINKED_ROWS}`])(
  "takes no rows from %s",
  (text) => {
    expect(readRows(text)).toBeNull();
  },
);

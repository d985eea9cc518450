import { tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distinctTextColumn, ipcStream, textColumn } from "./arrow-column.ts";

const HIGH = "\ud83d";
const LOW = "\ude00";

function readBack(values: readonly string[], column: typeof textColumn): readonly unknown[] {
  const found = tableFromIPC(ipcStream(values.length, [["text", column(values)]])).getChild("text");
  return values.map((_, row) => found?.get(row));
}

/** As every encoder writes it. */
function encoded(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

describe("texts in columns", () => {
  it.each([
    [[HIGH, "next", "last"]],
    [[LOW, "next"]],
    [[HIGH, LOW, "next"]],
    [["a\u0000b", "é", ""]],
  ])("%j stay in their own cells", (values) => {
    expect(readBack(values, distinctTextColumn)).toEqual(values.map(encoded));
    expect(readBack(values, textColumn)).toEqual(values.map(encoded));
  });

  it("whatever they hold", () => {
    const text = fc.string({ unit: fc.constantFrom(HIGH, LOW, "a", "é", "€", "😀", "\u0000") });
    fc.assert(
      fc.property(fc.array(text), (values) => {
        expect(readBack(values, distinctTextColumn)).toEqual(values.map(encoded));
      }),
    );
  });
});

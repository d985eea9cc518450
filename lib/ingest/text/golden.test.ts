import { describe, expect, it } from "vitest";
import { expectGolden } from "../kafka/testing/golden.ts";
import { gzipped, octetsOf, readExported } from "../kafka/testing/read-exported.ts";
import { GOLDEN_FILES, type GoldenFile } from "./testing/golden-files.ts";

function bytesOf({ rows, heading }: GoldenFile, end = "\n", tail = end): Uint8Array {
  const all = heading === undefined ? rows : [heading, ...rows];
  return octetsOf(`${all.map((row) => row.replaceAll("\n", end)).join(end)}${tail}`);
}

/** In the middle of the value of a seventh record. */
function cutOf(file: GoldenFile): Uint8Array {
  const whole = bytesOf(file);
  const last = octetsOf((file.rows[0] ?? "").split("\n")[0] ?? "");
  const part = last.subarray(0, last.indexOf(0x7b) < 0 ? 12 : last.indexOf(0x7b) + 60);
  const both = new Uint8Array(whole.length + part.length);
  both.set(whole);
  both.set(part, whole.length);
  return both;
}

describe.each(GOLDEN_FILES)("%s", (_, file) => {
  it("gives the records that every form gives", async () => {
    const read = await readExported(bytesOf(file), file.path);
    expect(read.refused).toEqual([]);
    expectGolden(read.records, file.allowances);
    expect(new Set(read.records.map(({ form }) => form))).toEqual(new Set([file.form]));
  });

  it("gives them with Windows' line ends, and from inside gzip", async () => {
    expectGolden((await readExported(bytesOf(file, "\r\n"), file.path)).records, file.allowances);
    const packed = await readExported(gzipped(bytesOf(file)), `${file.path}.gz`);
    expectGolden(packed.records, file.allowances);
  });

  it("gives them behind a byte order mark and without a last line end", async () => {
    const bytes = Uint8Array.from([0xef, 0xbb, 0xbf, ...bytesOf(file, "\n", "")]);
    expectGolden((await readExported(bytes, file.path)).records, file.allowances);
  });

  it("takes no record from a last line that is cut, and all before it", async () => {
    const read = await readExported(cutOf(file), file.path);
    expectGolden(read.records, file.allowances);
    expect(read.refused).toHaveLength(1);
  });

  it("says where each record stands in the file", async () => {
    const bytes = bytesOf(file, "\r\n");
    const { places } = await readExported(bytes, file.path);
    const shown = places.map(({ offset, length }) =>
      new TextDecoder().decode(bytes.subarray(offset, offset + length)),
    );
    const decoded = file.rows.map((row) =>
      new TextDecoder().decode(octetsOf(row.replaceAll("\n", "\r\n"))),
    );
    expect(shown).toEqual(decoded);
  });

  it("reads the same where a person says the form", async () => {
    const { records } = await readExported(bytesOf(file), file.path, file.form);
    expectGolden(records, file.allowances);
  });
});

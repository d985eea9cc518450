import { expect, it } from "vitest";
import { utf8 } from "@/kernel/encoding.ts";
import { readExported } from "../kafka/testing/read-exported.ts";
import { GOLDEN_FILES } from "./testing/golden-files.ts";

const LINES = 100_000;

it.each(GOLDEN_FILES)("imports a hundred thousand records of %s", async (_, file) => {
  const { rows, heading, path, form } = file;
  const row = rows[0] ?? "";
  const text = `${heading === undefined ? "" : `${heading}\n`}${`${row}\n`.repeat(LINES)}`;
  const { records, refused } = await readExported(utf8(text), path);
  expect([records.length, refused.length]).toEqual([LINES, 0]);
  expect(records.at(-1)).toMatchObject({
    form,
    offset: form === "bare-value" ? String(LINES - 1) : "0",
  });
});

import { describe, expect, it } from "vitest";
import { utf8 } from "@/kernel/encoding.ts";
import { expectGolden, GOLDEN_RECORDS, GOLDEN_TIME, type GoldenRecord } from "./testing/golden.ts";
import { readFile } from "./testing/read-file.ts";
import { jsonText, WRITTEN_FORMS, type WrittenForm } from "./testing/write-forms.ts";

const VALUE = utf8('{"n":7}');
const PLAIN: GoldenRecord = {
  topic: "dlq",
  partition: 0,
  offset: "0",
  timestampMs: GOLDEN_TIME,
  timestampType: "create",
  key: null,
  value: VALUE,
  headers: [],
};

/** Left out of a form's golden file, as its file cannot say it. */
function goldenRows({ allowances, row }: WrittenForm): readonly string[] {
  return GOLDEN_RECORDS.filter((_, index) => allowances.without?.includes(index) !== true).map(
    (record) => jsonText(row(record)),
  );
}

describe.each(WRITTEN_FORMS.map((form) => [form.form, form] as const))("%s", (name, form) => {
  it("gives the same records as the topic held, but for what it loses", async () => {
    const { records, problems, others } = await readFile(form.path, form.file(goldenRows(form)));
    expect([problems, others]).toEqual([[], 0]);
    expect(records.map(({ form: read }) => read)).toEqual(records.map(() => name));
    expectGolden(records, form.allowances);
  });

  it("gives every record before the place where its file was cut", async () => {
    const rows = goldenRows(form);
    const file = form.file(rows);
    const { records, others } = await readFile(form.path, file.slice(0, -40));
    const isOneValue = name === "akhq" || name === "lambda";
    expect([records.length, others]).toEqual(
      isOneValue ? [0, 1] : [rows.length - 1, expect.any(Number)],
    );
    expect(others).toBeGreaterThanOrEqual(1);
  });

  it("imports 100,000 records", async () => {
    const row = jsonText(form.row({ ...PLAIN, offset: "7" }));
    const rows = Array.from({ length: 100_000 }, (_, index) =>
      row.replace(/"([oO]ffset)":("?)7/, (_, name, quote) => `"${name}":${quote}${index}`),
    );
    const { records, problems, others } = await readFile(form.path, form.file(rows));
    expect([records.length, problems.length, others]).toEqual([rows.length, 0, 0]);
    const isLost = form.allowances.lost?.includes("offset") === true;
    const wrong = records.findIndex(
      ({ offset, value }, index) =>
        offset !== (isLost ? null : String(index)) || value?.length !== VALUE.length,
    );
    expect(wrong).toBe(-1);
  });
});

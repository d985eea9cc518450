import { expect, it } from "vitest";
import type { Check } from "@/kernel/check.ts";
import type { FieldRow } from "@/lib/queries/model.ts";
import type { Finding } from "@/lib/verification/report.ts";
import { readFields } from "./field-state.ts";

const field = (pointer: string, fits: boolean, coverage: FieldRow["coverage"] = "covered") => ({
  pointer,
  value: "1",
  coverage,
  fits,
  note: "",
});
const failed = (name: Check["name"], pointer: string): Check => ({
  name,
  outcome: { kind: "failed", code: "HSH-001", pointer, expected: null, actual: null },
});
const fields = [
  field("/seq", true, "not-covered"),
  field("/id", false),
  field("/action/parameters/amount", false),
  field("/action/parameter_hash", false),
];
const found: Finding = {
  id: "1",
  code: "SIG-002",
  severity: "error",
  subject: { kind: "receipt", id: "803" },
  place: { file: "a", line: 803, byte_offset: 1, pointer: "/receipt/action/parameters/amount" },
  cause: null,
  expected: '"120.00"',
  actual: '"12000.00"',
};

it("blames only what is named; the rest is not vouched for", () => {
  const checks = [
    failed("parameter-hash", "/action/parameter_hash"),
    failed("signature", "/signature"),
  ];
  const reading = readFields({ fields, checks, findings: [] });
  expect(fields.map(reading.stateOf)).toEqual(["fits", "unvouched", "unvouched", "differs"]);
  expect(reading.wouldFit).toBeNull();
});

it("takes the others as signed where one value makes the signature fit", () => {
  const reading = readFields({
    fields,
    checks: [failed("signature", "/signature")],
    findings: [found],
  });
  expect(fields.map(reading.stateOf)).toEqual(["fits", "fits", "differs", "fits"]);
  expect(reading.wouldFit?.value).toBe('"120.00"');
  expect(reading.differing).toEqual(["/action/parameters/amount"]);
});

it("leaves a receipt alone whose signature fits", () => {
  const fitting = fields.map((each) => ({ ...each, fits: true }));
  const reading = readFields({ fields: fitting, checks: [], findings: [] });
  expect(reading.differing).toEqual([]);
});

import { expect, it } from "vitest";
import type { Check } from "@/kernel/check.ts";
import type { FieldRow } from "@/lib/queries/model.ts";
import type { RepairView } from "@/lib/verification/repair.ts";
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
const repair: RepairView = {
  differences: [{ pointer: "/action/parameters/amount", here: '"12000.00"', wouldFit: '"120.00"' }],
  copy: { row: 4, file: "export-B.ndjson", line: 303 },
};

it("blames only what is named; the rest is not vouched for", () => {
  const checks = [
    failed("parameter-hash", "/action/parameter_hash"),
    failed("signature", "/signature"),
  ];
  const reading = readFields({ fields, checks, repair: null });
  expect(fields.map(reading.stateOf)).toEqual(["fits", "unvouched", "unvouched", "differs"]);
  expect(reading.repair).toBeNull();
});

it("takes the others as signed where one value makes the signature fit", () => {
  const reading = readFields({
    fields,
    checks: [failed("signature", "/signature")],
    repair,
  });
  expect(fields.map(reading.stateOf)).toEqual(["fits", "fits", "differs", "fits"]);
  expect(reading.repair).toBe(repair);
  expect(reading.differing).toEqual(["/action/parameters/amount"]);
});

it("leaves a receipt alone whose signature fits", () => {
  const fitting = fields.map((each) => ({ ...each, fits: true }));
  const reading = readFields({ fields: fitting, checks: [], repair: null });
  expect(reading.differing).toEqual([]);
});

it("finds a place inside the row that stands for it, and leaves alone what is not signed", () => {
  const inside = [field("/decision", false), field("/note", true, "not-covered")];
  const differences = ["/decision/reason", "/note"].map((pointer) => ({
    pointer,
    here: "1",
    wouldFit: "2",
  }));
  const reading = readFields({ fields: inside, checks: [], repair: { differences, copy: null } });
  expect(reading.differing).toEqual(["/decision"]);
});

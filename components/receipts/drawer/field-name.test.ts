import { expect, it } from "vitest";
import { fieldName } from "./field-name.ts";

it("reads pointers without the wrappers that every receipt has", () => {
  expect(fieldName("/seq")).toBe("seq");
  expect(fieldName("/action/parameters/amount")).toBe("parameters.amount");
  expect(fieldName("/receipt/action/parameter_hash")).toBe("parameter_hash");
  expect(fieldName("/evidence/0/guard_name")).toBe("evidence.0.guard_name");
  expect(fieldName("")).toBe("the whole record");
});

it("keeps hostile member names apart", () => {
  expect(fieldName("/parameters/a.b")).toBe('parameters["a.b"]');
  expect(fieldName("/a~1b/~01")).toBe("a/b.~1");
  expect(fieldName("/metadata/")).toBe('metadata[""]');
});

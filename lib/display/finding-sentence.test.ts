import { expect, it } from "vitest";
import type { Finding } from "@/lib/verification/report.ts";
import { causeSentence, effectWords } from "./finding-sentence.ts";

const signature: Finding = {
  id: "f1",
  code: "SIG-002",
  severity: "error",
  subject: { kind: "receipt", id: "rcpt-803" },
  place: { file: "a.ndjson", line: 803, byte_offset: 1, pointer: "/receipt/signature" },
  cause: null,
  expected: null,
  actual: null,
};
const hash: Finding = { ...signature, id: "f2", code: "HSH-001", cause: "f1" };

it("names a receipt by its sequence number, or by its line where it has none", () => {
  const alone = { finding: signature, effects: [] };
  expect(causeSentence(alone, 803)).toBe("Receipt #803: the signature does not fit the content");
  expect(causeSentence(alone)).toContain("Receipt on line 803: ");
  expect(effectWords(hash, 803)).toEqual({ what: "Parameter hash", of: "of #803" });
});

it("says that one value differs only where that one value is known", () => {
  const cause = { finding: signature, effects: [hash] };
  expect(causeSentence(cause, 803)).toBe(
    "Receipt #803: its parameters are not the parameters that were signed",
  );
  expect(causeSentence(cause, 803, true)).toBe(
    "Receipt #803: one value is not the value that was signed",
  );
});

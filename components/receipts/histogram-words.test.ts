import { expect, it } from "vitest";
import { absenceWords, histogramSentence } from "./histogram-words.ts";

const at = Date.UTC(2026, 3, 15, 17, 9) / 1000;

it("says what is drawn", () => {
  const bins = [{ from: at, allow: 10, deny: 2, other: 0, doesNotVerify: 1 }];
  const absences = [{ from: at, to: at + 240, receipts: 100 }];
  expect(histogramSentence({ binSeconds: 120, bins, absences })).toBe(
    "12 receipts over 2026-04-15 17:09 to 17:11 UTC, 2 minutes per bar: 10 allowed, 2 denied, 0 cancelled, incomplete or without decision, 1 that do not verify; 100 absent.",
  );
});

it("names one gap by its time and counts several", () => {
  expect(absenceWords([])).toBeNull();
  expect(absenceWords([{ from: at, to: at + 240, receipts: 100 }])).toBe(
    "Absent: 100 receipts, 17:09 to 17:13",
  );
  expect(
    absenceWords([
      { from: at, to: at + 240, receipts: 1 },
      { from: at, to: at, receipts: 4 },
    ]),
  ).toBe("Absent: 5 receipts in 2 places");
});

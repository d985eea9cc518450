import type { KeyRow } from "@/lib/verification/report.ts";

/** How a key stands with what is pinned, in a word. */
export const STANDING_WORDS: Readonly<Record<KeyRow["standing"], string>> = {
  pinned: "Pinned",
  "not-pinned": "Not pinned",
  "outside-window": "Outside its dates",
  "other-role": "Other role",
  weak: "Weak",
  "no-trust": "In the data",
};

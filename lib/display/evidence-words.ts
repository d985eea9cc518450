import type { Evidence } from "@/lib/denials/model.ts";

/** What a denial is worth, in the words of the integrity axis; a claim is no state of a receipt. */
export const EVIDENCE_WORDS: Readonly<Record<Evidence, string>> = {
  verified: "Verified",
  "self-consistent": "Self-consistent",
  "not-checked": "Not checked",
  "does-not-verify": "Does not verify",
  claim: "Claim, no receipt",
};

/** How faithfully an export form kept its records. */
export const FIDELITY_WORDS = {
  exact: { word: "Exact", means: "Every byte of the record is as it was." },
  text: {
    word: "Text",
    means: "The text is as it was; bytes that are no text may have been changed.",
  },
  lossy: { word: "Lossy", means: "The form leaves something of the record out." },
} as const;

/** How two statements of one record compare. */
export const COMPARISON_WORDS = {
  agree: "fits",
  differ: "does not fit",
  "nothing to compare": "nothing to compare",
} as const;

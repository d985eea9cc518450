import type { KnownAnswer } from "./known-answers/answer.ts";
import { RECEIPT_ANSWERS } from "./known-answers/receipts.ts";
import { SIGNATURE_ANSWERS } from "./known-answers/signatures.ts";
import { TEXT_ANSWERS } from "./known-answers/texts.ts";
import { TREE_ANSWERS } from "./known-answers/trees.ts";

/** Everything that the self-test asks. */
export const KNOWN_ANSWERS: readonly KnownAnswer[] = [
  ...SIGNATURE_ANSWERS,
  ...TEXT_ANSWERS,
  ...TREE_ANSWERS,
  ...RECEIPT_ANSWERS,
];

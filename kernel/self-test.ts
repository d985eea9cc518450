import type { KnownAnswer } from "./known-answers/answer.ts";
import { KNOWN_ANSWERS } from "./known-answers.ts";
import type { Primitives } from "./primitives.ts";
import type { SignatureBackend } from "./signature.ts";

export interface SelfTestResult {
  /** Things that must be accepted, and how many were. */
  readonly accepted: { readonly passed: number; readonly total: number };
  /** Things that must be refused, and how many were. */
  readonly refused: { readonly passed: number; readonly total: number };
  /** Names of the known answers that came out wrong, in order; empty when the kernel may be used. */
  readonly failures: readonly string[];
}

/**
 * Asks the kernel, with the primitives and the signature backend that a shell is about to use, every
 * question whose answer is known. A backend that accepts all, refuses all, or follows another signature
 * rule is found here before it judges a single receipt. Never rejects: a throw is a wrong answer.
 */
export async function runSelfTest(
  primitives: Primitives,
  backend: SignatureBackend,
): Promise<SelfTestResult> {
  const failures: string[] = [];
  const tally = {
    accept: { passed: 0, total: 0 },
    refuse: { passed: 0, total: 0 },
  };
  for (const answer of KNOWN_ANSWERS) {
    const count = tally[answer.expect];
    count.total += 1;
    if (await isRight(answer, primitives, backend)) {
      count.passed += 1;
    } else {
      failures.push(answer.name);
    }
  }
  return { accepted: tally.accept, refused: tally.refuse, failures };
}

async function isRight(
  answer: KnownAnswer,
  primitives: Primitives,
  backend: SignatureBackend,
): Promise<boolean> {
  try {
    return (await answer.run(primitives, backend)) === (answer.expect === "accept");
  } catch {
    return false;
  }
}

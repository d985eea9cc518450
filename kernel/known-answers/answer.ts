import type { Primitives } from "../primitives.ts";
import type { SignatureBackend } from "../signature.ts";

/**
 * A question whose right answer is known in advance. `run` says whether the thing was accepted; the
 * answer is right when that equals `expect`. A throw is a wrong answer.
 */
export interface KnownAnswer {
  /** Stable: reports and tests name it. */
  readonly name: string;
  readonly expect: "accept" | "refuse";
  run(primitives: Primitives, backend: SignatureBackend): boolean | Promise<boolean>;
}

export type Run = KnownAnswer["run"];

export function accept(name: string, run: Run): KnownAnswer {
  return { name, expect: "accept", run };
}

export function refuse(name: string, run: Run): KnownAnswer {
  return { name, expect: "refuse", run };
}

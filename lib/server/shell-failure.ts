import type { ProblemCode } from "./http/problem.ts";

type FailureCode = Extract<ProblemCode, "signing-failed" | "not-durable">;

const SENTENCES: Readonly<Record<FailureCode, string>> = {
  "signing-failed": "The decision could not be signed, so there is none.",
  "not-durable": "The receipt could not be stored, so there is no decision.",
};

/** A decision that could not be signed or stored. The caller is told that there is none, and never an allow. */
export class ShellFailure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode) {
    super(SENTENCES[code]);
    this.name = "ShellFailure";
    this.code = code;
  }
}

import { EXIT } from "./exit.ts";
import type { Surroundings } from "./surroundings.ts";
import type { ReadInputs } from "./verify-inputs.ts";

/**
 * The exit code of a command that showed receipts: whether one of those does not verify. That something else
 * among the inputs does not is said on standard error and does not decide.
 */
export function showOutcome(
  command: string,
  { conclusion }: ReadInputs,
  shownFails: boolean,
  around: Surroundings,
): number {
  if (conclusion.verdict.report.headline === "does-not-verify") {
    around.complain.write(
      `${command}: ${shownFails ? "what is shown" : "something else that was read"} does not verify; chio verify says what and where\n`,
    );
  }
  return shownFails ? EXIT.doesNotVerify : EXIT.nothingFails;
}

import type { Verdict } from "@/lib/verification/report.ts";
import { parseVerifyArguments } from "./arguments.ts";
import { EXIT } from "./exit.ts";
import { verifyNamed } from "./open-inputs.ts";
import { refuse } from "./refuse.ts";
import { renderVerdict } from "./render.ts";
import type { Surroundings } from "./surroundings.ts";

const COMMAND = "chio verify";

/** `chio verify PATH... [--trust FILE] [--read-as FORM] [--json]`: the report on standard output, its outcome as exit code. */
export async function runVerify(words: readonly string[], around: Surroundings): Promise<number> {
  const given = parseVerifyArguments(words);
  if (!given.ok) {
    return refuse(COMMAND, given.error, around);
  }
  const read = await verifyNamed(COMMAND, given.value, around);
  if (!read.ok) {
    return refuse(COMMAND, read.error, around);
  }
  const { verdict } = read.value.conclusion;
  around.out.write(
    given.value.json
      ? `${JSON.stringify(verdict.report, null, 2)}\n`
      : renderVerdict(verdict, around.out.isTTY === true),
  );
  return exitCodeOf(verdict);
}

/** Decided by what was checked: an unsupported signature alone is no failure, nothing checked is unusable. */
export function exitCodeOf(verdict: Verdict): number {
  switch (verdict.report.headline) {
    case "does-not-verify":
      return EXIT.doesNotVerify;
    case "verified":
    case "self-consistent":
      return EXIT.nothingFails;
    case "not-checked":
      return verdict.refereed.signatures > 0 ? EXIT.nothingFails : EXIT.unusable;
  }
}

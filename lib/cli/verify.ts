import type { Verdict } from "@/lib/verification/report.ts";
import { parseVerifyArguments } from "./arguments.ts";
import { EXIT } from "./exit.ts";
import { nodePlatform } from "./node-platform.ts";
import { nodeInputs } from "./node-sources.ts";
import { progressLine } from "./progress.ts";
import { readTrust } from "./read-trust.ts";
import { renderVerdict } from "./render.ts";
import { safeText } from "./safe-text.ts";
import type { Surroundings } from "./surroundings.ts";
import { verifyInputs } from "./verify-inputs.ts";

/** `chio verify PATH... [--trust FILE] [--json]`: the report on standard output, its outcome as exit code. */
export async function runVerify(words: readonly string[], around: Surroundings): Promise<number> {
  const refuse = (sentence: string): number => {
    around.complain.write(`chio verify: ${safeText(sentence, 1000)}\n`);
    return EXIT.unusable;
  };
  const read = parseVerifyArguments(words);
  if (!read.ok) {
    return refuse(read.error);
  }
  const { paths, trust: trustPath, json } = read.value;
  const platform = nodePlatform();
  const trust =
    trustPath === null ? null : await readTrust(trustPath, around.cwd, platform.primitives);
  if (trust !== null && !trust.ok) {
    return refuse(trust.error);
  }
  const found = await nodeInputs(paths, around);
  if (!found.ok) {
    return refuse(found.error);
  }
  for (const skipped of found.value.skipped) {
    around.complain.write(
      `chio verify: not read (a link or a device): ${safeText(skipped, 1000)}\n`,
    );
  }
  const progress = progressLine(around.complain);
  const options = { trust: trust?.value ?? null, platform, onProgress: progress.show };
  let verdict: Verdict;
  try {
    verdict = (await verifyInputs(found.value.inputs, options)).verdict;
  } catch (problem) {
    if (isFileProblem(problem)) {
      return refuse(problem.message);
    }
    throw problem;
  } finally {
    progress.clear();
  }
  around.out.write(
    json
      ? `${JSON.stringify(verdict.report, null, 2)}\n`
      : renderVerdict(verdict, around.out.isTTY === true),
  );
  return exitCodeOf(verdict);
}

/** A file that went away or may not be read is the caller's matter; anything else is a bug of ours. */
function isFileProblem(problem: unknown): problem is Error {
  return problem instanceof Error && "syscall" in problem;
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

import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { type TrustBundle, trustBundle } from "@/kernel/trust/trust-bundle.ts";
import { parseTrustFile } from "@/kernel/trust/trust-file.ts";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { verifyInputs } from "@/lib/cli/verify-inputs.ts";
import { seededRandom } from "@/lib/demo/random.ts";
import { bytesSource } from "@/lib/ingest/sources.ts";
import type { Verdict } from "@/lib/verification/report.ts";
import { type Artifact, type FileOfLines, type PlainFile, plain } from "./artifact.ts";
import { artifactOf, type ClassName } from "./classes.ts";
import { type Effect, KINDS, type Kind, type Mutated, mutate } from "./mutations.ts";

/** Mutations of each kind for each class; `MUTATIONS=3000` for the long run. */
export const EACH = Number(process.env["MUTATIONS"] ?? 120);
const DRAWS = 20;

const platform = nodePlatform({ seed: 1 });

export function trustOf(text: string): TrustBundle {
  const parsed = parseJson(text);
  const file = parsed.ok ? parseTrustFile(parsed.value.value, purePrimitives) : null;
  if (file === null || !file.ok) {
    throw new Error("the tests' own trust file was refused");
  }
  return trustBundle(file.value);
}

/** The verdict by the code path that the CLI runs. */
export async function verdictOn(
  files: readonly PlainFile[],
  trust: TrustBundle | null,
): Promise<Verdict> {
  const inputs = files.map((file) => ({ path: file.path, source: bytesSource(file.bytes) }));
  return (await verifyInputs(inputs, { trust, platform })).verdict;
}

export async function verdictOnArtifact(
  artifact: Artifact,
  files: readonly FileOfLines[],
  trust: TrustBundle | null,
): Promise<Verdict> {
  return verdictOn(await artifact.pack(plain(files)), trust);
}

export interface Tally {
  readonly kind: Kind;
  readonly done: number;
  readonly effects: Readonly<Partial<Record<Effect, number>>>;
  readonly wrong: readonly string[];
}

/** Runs every kind over one class and judges each outcome by what was done, never by what was said. */
export async function runClass(name: ClassName, seed: number): Promise<Tally[]> {
  const artifact = await artifactOf(name);
  const trust = trustOf(artifact.trust);
  const tallies: Tally[] = [];
  for (const [index, kind] of KINDS.entries()) {
    const random = seededRandom(seed * 1000 + index);
    const effects: Partial<Record<Effect, number>> = {};
    const wrong: string[] = [];
    let done = 0;
    for (let draw = 0; draw < EACH * DRAWS && done < EACH; draw += 1) {
      const mutated = mutate(kind, artifact, random);
      if (mutated === null) {
        continue;
      }
      const pinned = done % 2 === 0;
      effects[mutated.effect] = (effects[mutated.effect] ?? 0) + 1;
      done += 1;
      const problem = await judge(artifact, mutated, pinned ? trust : null);
      if (problem !== null && wrong.length < 5) {
        wrong.push(
          `${name}, ${kind}, draw ${draw} (${mutated.what}, ${mutated.effect}): ${problem}`,
        );
      }
    }
    tallies.push({ kind, done, effects, wrong });
  }
  return tallies;
}

async function judge(
  artifact: Artifact,
  mutated: Mutated,
  trust: TrustBundle | null,
): Promise<string | null> {
  let verdict: Verdict;
  try {
    verdict = await verdictOnArtifact(artifact, mutated.files, trust);
  } catch (problem) {
    return `threw ${problem instanceof Error ? problem.stack : String(problem)}`;
  }
  const { report } = verdict;
  const codes = [...new Set(report.findings.map((one) => one.code))].join(" ");
  const said = `said ${report.headline} with ${codes || "no finding"}, ${report.counts.rejected} rejected`;
  return isRight(artifact, mutated, verdict, trust !== null) ? null : said;
}

/** The promise of the product, case by case. */
function isRight(
  artifact: Artifact,
  { effect }: Mutated,
  verdict: Verdict,
  pinned: boolean,
): boolean {
  const { report } = verdict;
  const holds = report.headline === "verified" || report.headline === "self-consistent";
  const noticed =
    report.findings.some((one) => one.severity !== "info") || report.counts.rejected > 0;
  switch (effect) {
    case "neutral":
      return report.headline === (pinned ? "verified" : "self-consistent") || onlyManifest(verdict);
    case "altered":
      return artifact.signed ? !holds : !holds || noticed;
    case "ambiguous":
      return artifact.signed ? !holds : !holds || noticed;
    case "removed-inside":
      return !holds;
    case "lost":
      // The record can no longer be read, and so makes no claim: that is said, and nothing is complete.
      return !holds || (noticed && report.questions.complete.answer !== "yes");
    case "removed":
      return !artifact.checkpointed || !artifact.signed || !holds || !wholeLog(verdict);
    case "resigned":
      return pinned ? report.headline !== "verified" : true;
    case "free":
      return true;
  }
}

/** The manifest is judged apart: other bytes of equal meaning are its finding, and nothing else's. */
function onlyManifest({ report }: Verdict): boolean {
  const errors = report.findings.filter((one) => one.severity === "error");
  return errors.length > 0 && errors.every((one) => one.code.startsWith("MAN-"));
}

function wholeLog({ report }: Verdict): boolean {
  return report.questions.complete.answer === "yes" && report.questions.included.answer === "yes";
}

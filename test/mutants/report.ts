import { type Mutant, OPERATORS, squeezed } from "./mutant.ts";
import type { ReviewedSurvivor, SurvivorKey } from "./survivors.ts";
import type { MutantVerdict } from "./verdicts.ts";

export interface Result {
  readonly mutant: Mutant;
  readonly key: SurvivorKey | undefined;
  readonly verdict: MutantVerdict;
  readonly review: ReviewedSurvivor | null;
}

export interface Run {
  /** In the order of files and lines. */
  readonly results: readonly Result[];
  /** Mutants that compile, of which the results are a sample. */
  readonly places: number;
  readonly refused: number;
  /** Test files that do not pass as they are. */
  readonly failed: readonly string[];
  readonly seed: number;
  readonly tests: number;
  readonly files: number;
  readonly seconds: number;
}

/** The share of mutants that a run has to kill. */
export const LEAST_SCORE = 0.9;

/** The result for people. Good: enough are killed, every survivor has a reason, and every test passes as it is. */
export function textOf(run: Run): { readonly text: string; readonly good: boolean } {
  const score = scoreOf(run.results);
  const survivors = survivorsOf(run);
  const open = survivors.filter(({ review }) => review === null);
  const good = score >= LEAST_SCORE && open.length === 0 && run.failed.length === 0;
  const lines = [
    ...tableOf(run).map(([name, figures]) => `${name.padEnd(30)}${figures}`),
    "",
    ...survivors.flatMap(({ mutant, key, verdict, review }) => [
      `${mutant.file}:${mutant.line} ${mutant.operator} in ${mutant.within} (${saidOf(verdict)})`,
      `    ${squeezed(mutant.original)}`,
      `    -> ${squeezed(mutant.text)}`,
      review === null
        ? `    NO REASON ${JSON.stringify(key)}`
        : `    ${review.kind}: ${review.reason}`,
    ]),
    "",
    `mutate: ${percent(score)} killed of ${run.results.length}; ${survivors.length} survive, ` +
      `${open.length} without a reason; ${run.seconds} s`,
  ];
  return { text: `${lines.join("\n")}\n`, good };
}

/** The result as the project's page docs/mutants.md. */
export function markdownOf(run: Run): string {
  const rows = tableOf(run).map(([name, figures]) => `| ${name} | ${figures} |`);
  const survivors = survivorsOf(run).map(({ mutant, review }) => {
    const change = `${code(mutant.original)} becomes ${code(mutant.text)}`;
    const where = `\`${mutant.file.replace(/^kernel\//u, "")}:${mutant.line}\``;
    const why = review === null ? "not reviewed" : `${review.kind}: ${review.reason}`;
    return `| ${where} | ${mutant.operator}: ${change} | ${cell(why)} |`;
  });
  return `# Mutants

\`npm run mutate -- --record\` writes this page. It changes one place of the deciding code at a time, mechanically:
a condition negated, a boundary moved, a statement dropped, a constant returned, data emptied; and runs the
kernel's tests that meet the place. A mutant is killed when a test fails, hangs or runs out of memory. Mutants
that do not compile are left out beforehand. The run fails below ${percent(LEAST_SCORE)}, and when a survivor has no reason in
\`test/mutants/survivors.json\`.

${run.results.length} mutants drawn with seed ${run.seed}, evenly over all ${run.places} places of ${run.files} files
(${run.refused} more do not compile); ${run.tests} tests; ${run.seconds} s on 2 cores.

| | Killed |
|---|---|
${rows.join("\n")}

## Survivors

| Place | Change | Reason |
|---|---|---|
${survivors.join("\n")}
`;
}

function tableOf({ results }: Run): readonly (readonly [name: string, figures: string])[] {
  const rooms = [...new Set(results.map(({ mutant }) => roomOf(mutant)))];
  return [
    ["all", figuresOf(results)],
    ...OPERATORS.map((operator) => {
      const own = results.filter(({ mutant }) => mutant.operator === operator);
      return [operator, figuresOf(own)] as const;
    }),
    ...rooms.map((room) => {
      const own = results.filter(({ mutant }) => roomOf(mutant) === room);
      return [room, figuresOf(own)] as const;
    }),
  ];
}

function roomOf({ file }: Mutant): string {
  return file.split("/").slice(0, 2).join("/");
}

function survivorsOf({ results }: Run): readonly Result[] {
  return results.filter(({ verdict }) => verdict.kind !== "killed");
}

function scoreOf(results: readonly Result[]): number {
  const killed = results.filter(({ verdict }) => verdict.kind === "killed").length;
  return results.length === 0 ? 0 : killed / results.length;
}

function figuresOf(results: readonly Result[]): string {
  const killed = results.filter(({ verdict }) => verdict.kind === "killed").length;
  return `${killed} of ${results.length}, ${percent(scoreOf(results))}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function saidOf(verdict: MutantVerdict): string {
  switch (verdict.kind) {
    case "killed":
      return `killed by ${verdict.by}`;
    case "survived":
      return `${verdict.tests} test files pass`;
    case "not-reached":
      return "no test reaches it";
  }
}

function code(text: string): string {
  return `\`${cell(squeezed(text, 80)).replaceAll("`", "'")}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

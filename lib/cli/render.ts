import { FINDINGS } from "@/kernel/findings.ts";
import type {
  Answer,
  Finding,
  Headline,
  Place,
  QuestionName,
  Verdict,
  VerificationReport,
} from "@/lib/verification/report.ts";
import { safeText } from "./safe-text.ts";

const HEADLINES: Readonly<Record<Headline, string>> = {
  verified: "Verified",
  "self-consistent": "Self-consistent",
  "does-not-verify": "Does not verify",
  "not-checked": "Not checked",
};
const ANSWERS: Readonly<Record<Answer, string>> = {
  yes: "Yes",
  no: "No",
  "cannot-tell": "Can't tell",
};
const QUESTIONS: readonly QuestionName[] = [
  "authentic",
  "unaltered",
  "included",
  "complete",
  "consistent",
];
const LISTED_CAUSES = 200;
const LISTED_EFFECTS = 20;

/** The report as text for people. Everything that came out of a file is made safe for a terminal. */
export function renderVerdict(verdict: Verdict, colour: boolean): string {
  const { report } = verdict;
  const paint = painter(colour);
  const lines = [
    paint.strong(headline(verdict)),
    ...aside(verdict),
    "",
    ...QUESTIONS.map((name) => question(report, name)),
    "",
    ...counted(report),
  ];
  const here = report.findings.filter((one) => FINDINGS[one.code].group === "here");
  const absent = report.findings.filter((one) => FINDINGS[one.code].group === "absent");
  const notes = report.findings.filter((one) => FINDINGS[one.code].group === "note");
  lines.push(...section("What is here and does not fit", here, report.findings));
  lines.push(...section("What is not here", absent, report.findings));
  lines.push(...section("Notes", notes, report.findings));
  lines.push("", paint.strong("Files"), ...files(report));
  return `${lines.join("\n")}\n`;
}

function painter(colour: boolean): { strong(text: string): string } {
  return { strong: (text) => (colour ? `\u001b[1m${text}\u001b[0m` : text) };
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`;
}

/** `Does not verify · 1 cause, 4 effects · 2 pinned keys`. */
export function headline(verdict: Verdict): string {
  const { report } = verdict;
  const parts = [HEADLINES[report.headline]];
  if (verdict.causes > 0) {
    parts.push(`${count(verdict.causes, "cause")}, ${count(verdict.effects, "effect")}`);
  }
  parts.push(
    report.trust_mode === "pinned" ? count(verdict.pinnedKeys, "pinned key") : "no key pinned",
  );
  return parts.join(" · ");
}

function aside(verdict: Verdict): string[] {
  const lines: string[] = [];
  const absences: string[] = [];
  if (verdict.absentReceipts > 0) {
    absences.push(count(verdict.absentReceipts, "receipt"));
  }
  if (verdict.absentCheckpoints > 0) {
    absences.push(count(verdict.absentCheckpoints, "checkpoint"));
  }
  if (absences.length > 0) {
    lines.push(`Separately, ${absences.join(" and ")} absent.`);
  }
  if (verdict.uncovered > 0) {
    lines.push(`No checkpoint covers the last ${count(verdict.uncovered, "receipt")} yet.`);
  }
  if (verdict.unsupported > 0) {
    lines.push(`${count(verdict.unsupported, "signature")} of a kind that is not supported here.`);
  }
  if (verdict.unsignedSynthetic > 0) {
    lines.push(`${count(verdict.unsignedSynthetic, "unsigned denial")} set aside as claims.`);
  }
  if (verdict.report.headline === "self-consistent") {
    lines.push("The records agree with themselves. Anyone could have made them: no key is pinned.");
  }
  return lines;
}

function question(report: VerificationReport, name: QuestionName): string {
  const { answer, reason, numerator, denominator } = report.questions[name];
  const title = name[0]?.toUpperCase() + name.slice(1);
  const fraction = `${numerator.toLocaleString("en-US")} / ${denominator.toLocaleString("en-US")}`;
  return `${title.padEnd(11)}${ANSWERS[answer].padEnd(12)}${fraction.padEnd(18)}${safeText(reason, 400)}`;
}

function counted(report: VerificationReport): string[] {
  const { counts } = report;
  const forms = Object.entries(counts.by_form).map(([form, number]) => `${number} ${form}`);
  return [
    `${count(counts.receipts, "receipt")}${forms.length > 0 ? ` (${forms.join(", ")})` : ""}, ` +
      `${count(counts.checkpoints, "checkpoint")}, ${count(counts.proofs, "inclusion proof")}, ` +
      `${count(counts.rows, "row")} in ${count(counts.files, "file")}, ${counts.rejected} not understood`,
  ];
}

function section(title: string, findings: readonly Finding[], all: readonly Finding[]): string[] {
  const causes = findings.filter((one) => one.cause === null);
  if (causes.length === 0) {
    return [];
  }
  const lines = ["", `${title} (${causes.length})`];
  for (const cause of causes.slice(0, LISTED_CAUSES)) {
    lines.push(...findingLines(cause));
    const effects = all.filter((one) => one.cause === cause.id);
    for (const effect of effects.slice(0, LISTED_EFFECTS)) {
      lines.push(`    -> ${effect.code} ${subject(effect)}: ${FINDINGS[effect.code].meaning}`);
    }
    if (effects.length > LISTED_EFFECTS) {
      lines.push(`    and ${effects.length - LISTED_EFFECTS} more effects`);
    }
  }
  if (causes.length > LISTED_CAUSES) {
    lines.push(`  and ${causes.length - LISTED_CAUSES} more; --json lists them`);
  }
  return lines;
}

/** A finding for people: what, where, and both sides of it. */
export function findingLines(one: Finding): string[] {
  const lines = [
    `  ${one.code} ${subject(one)}: ${FINDINGS[one.code].meaning}`,
    `    at ${placeText(one.place)}`,
  ];
  if (one.expected !== null) {
    lines.push(`    expected ${safeText(one.expected)}`);
  }
  if (one.actual !== null) {
    lines.push(`    found    ${safeText(one.actual)}`);
  }
  return lines;
}

function subject(one: Finding): string {
  return `${one.subject.kind} ${safeText(one.subject.id, 80)}`.trimEnd();
}

/** `orders.ndjson, line 3, byte 120, /decision`. */
export function placeText(at: Place): string {
  const parts = [safeText(at.file, 400)];
  if (at.line !== null) {
    parts.push(`line ${at.line}`);
  }
  if (at.byte_offset !== null) {
    parts.push(`byte ${at.byte_offset}`);
  }
  if (at.pointer !== "") {
    parts.push(safeText(at.pointer));
  }
  return parts.join(", ");
}

function files(report: VerificationReport): string[] {
  const rows = report.inputs.map((input) => [
    safeText(input.path, 400),
    safeText(input.recognised_as),
    String(input.rows),
    String(input.rejected),
    `${input.sha256.slice(0, 16)}...`,
  ]);
  const table = [["file", "recognised as", "rows", "not understood", "sha-256"], ...rows];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
}

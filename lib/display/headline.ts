import type { CheckpointCell, Verdict } from "@/lib/verification/report.ts";
import { formatCount, joinWords, plural } from "./numbers.ts";
import { formatRange } from "./time.ts";

/** What stands after the state word and its middle dot. */
export function headlineQualifier(verdict: Verdict): string {
  const { headline } = verdict.report;
  switch (headline) {
    case "verified":
      return plural(verdict.pinnedKeys, "pinned key");
    case "self-consistent":
      return "no key pinned";
    case "does-not-verify":
      return doesNotVerify(verdict);
    case "not-checked":
      return notChecked(verdict);
  }
}

function doesNotVerify(verdict: Verdict): string {
  if (verdict.causes > 0) {
    const causes = plural(verdict.causes, "cause");
    return verdict.effects > 0 ? `${causes}, ${plural(verdict.effects, "effect")}` : causes;
  }
  const absent = absentWords(verdict);
  return absent === "" ? "see the answers" : absent;
}

function notChecked(verdict: Verdict): string {
  if (verdict.partial) return "the run was stopped";
  if (verdict.unsupported > 0)
    return `${plural(verdict.unsupported, "signature")} not supported here`;
  return "no signature could be checked";
}

function absentWords(verdict: Verdict): string {
  return joinWords([
    ...(verdict.absentCheckpoints > 0 ? [plural(verdict.absentCheckpoints, "checkpoint")] : []),
    ...(verdict.absentReceipts > 0 ? [plural(verdict.absentReceipts, "receipt")] : []),
  ]).concat(verdict.absentCheckpoints + verdict.absentReceipts > 0 ? " absent" : "");
}

/** The trust mode as a clause. */
export function trustLine(verdict: Verdict): string {
  return verdict.report.trust_mode === "pinned"
    ? `Checked against ${plural(verdict.pinnedKeys, "pinned key")}`
    : "Checked against the keys inside the files";
}

/** The counts that stand under the headline. */
export function countsLine(verdict: Verdict): string {
  const { counts } = verdict.report;
  return [
    plural(counts.receipts, "receipt"),
    plural(counts.checkpoints, "checkpoint"),
    plural(counts.files, "file"),
  ].join(", ");
}

/** The time range with its zone, or the empty text where no receipt says when. */
export function rangeLine(verdict: Verdict): string {
  return verdict.range === null ? "" : formatRange(verdict.range);
}

/** One separate sentence for what the headline does not cover. */
export function separately(verdict: Verdict): string {
  const { headline } = verdict.report;
  const said: string[] = [];
  if (verdict.partial) said.push("The run was stopped: what was read is judged, the rest is not.");
  const apart = joinWords([
    ...(verdict.absentReceipts > 0 && verdict.causes > 0
      ? [
          `${plural(verdict.absentReceipts, "receipt")} ${verdict.absentReceipts === 1 ? "is" : "are"} absent${gapRange(verdict.strip)}`,
        ]
      : []),
    ...(verdict.uncovered > 0 && verdict.report.counts.checkpoints > 0
      ? [
          `${formatCount(verdict.uncovered)} ${verdict.uncovered === 1 ? "has" : "have"} no checkpoint yet`,
        ]
      : []),
  ]);
  if (apart !== "") said.push(`Separately, ${apart}.`);
  if (verdict.unsignedSynthetic > 0) {
    const some = plural(verdict.unsignedSynthetic, "unsigned denial");
    said.push(`${some} carry no receipt: set aside as claims, not counted.`);
  }
  if (headline === "verified") {
    said.push("This says the record is genuine. It does not say the decisions were right.");
  } else if (headline === "self-consistent") {
    said.push(
      "The records agree with themselves. Anyone could have made them: pin the signer’s key to learn who did.",
    );
  } else if (headline === "not-checked" && verdict.unsupported > 0 && !verdict.partial) {
    said.push("What could be checked fits. What could not is counted, not passed.");
  }
  return said.join(" ");
}

function gapRange(strip: readonly CheckpointCell[]): string {
  const gaps = strip.filter((cell) => cell.state === "absent");
  const gap = gaps[0];
  if (gap === undefined || gaps.length > 1) return "";
  return ` (${formatCount(gap.from_seq)} to ${formatCount(gap.to_seq)})`;
}

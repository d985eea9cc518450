import { zipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { parseJson } from "@/kernel/json/parse.ts";
import { type TrustBundle, trustBundle } from "@/kernel/trust/trust-bundle.ts";
import { parseTrustFile } from "@/kernel/trust/trust-file.ts";
import { demoKernelA, demoKernelB } from "@/lib/demo/log.ts";
import { buildSample, type DemoFile, type Sample } from "@/lib/demo/samples.ts";
import { buildWalkthrough, type Walkthrough } from "@/lib/demo/walkthrough.ts";
import { webSign } from "@/lib/demo/web-sign.ts";
import type { InputFile } from "@/lib/ingest/record.ts";
import { bytesSource } from "@/lib/ingest/sources.ts";
import type { Verdict } from "@/lib/verification/report.ts";
import { nodePlatform } from "./node-platform.ts";
import { headline } from "./render.ts";
import { verifyInputs } from "./verify-inputs.ts";

const platform = nodePlatform({ seed: 1 });
const { utf8 } = platform.primitives;
const LONG = 120_000;

const fileOf = ({ path, text }: DemoFile): InputFile => ({ path, source: bytesSource(utf8(text)) });

function pinned(text: string): TrustBundle {
  const parsed = parseJson(text);
  const file = parsed.ok ? parseTrustFile(parsed.value.value, platform.primitives) : null;
  if (file === null || !file.ok) {
    throw new Error("the demo's trust file was refused");
  }
  return trustBundle(file.value);
}

async function verdictOf(
  inputs: readonly InputFile[],
  trust: TrustBundle | null,
): Promise<Verdict> {
  return (await verifyInputs(inputs, { trust, platform })).verdict;
}

describe("the auditor's five minutes", () => {
  let walkthrough: Walkthrough;
  let verdict: Verdict;
  beforeAll(async () => {
    walkthrough = await buildWalkthrough({
      primitives: platform.primitives,
      sign: await webSign(),
    });
    const entries = walkthrough.evidence.map((file) => [
      file.path.slice("evidence-2026-04/".length),
      utf8(file.text),
    ]);
    const zip: InputFile = {
      path: "evidence-2026-04.zip",
      source: bytesSource(zipSync(Object.fromEntries(entries), { level: 1 })),
    };
    verdict = await verdictOf([zip, fileOf(walkthrough.copy)], pinned(walkthrough.trust.text));
  }, LONG);

  test("the headline: one cause, four effects, two pinned keys; 100 receipts absent, apart", () => {
    expect(headline(verdict)).toBe("Does not verify · 1 cause, 4 effects · 2 pinned keys");
    expect(verdict.absentReceipts).toBe(100);
    expect(verdict.absentCheckpoints).toBe(1);
    expect(verdict.uncovered).toBe(92);
  });

  test("the five answers", () => {
    const { questions } = verdict.report;
    const said = (name: keyof typeof questions) => [
      questions[name].answer,
      questions[name].numerator,
      questions[name].denominator,
    ];
    expect(said("authentic")).toEqual(["yes", 3791, 3791]);
    expect(said("unaltered")).toEqual(["no", 3791, 3792]);
    expect(said("included")).toEqual(["no", 3699, 3792]);
    expect(said("complete")).toEqual(["no", 3792, 3892]);
    expect(questions.consistent.answer).toBe("yes");
    expect(verdict.links).toEqual({ fit: 35, total: 37 });
    expect(verdict.forks).toBe(0);
  });

  test("the counts are those of the truth", () => {
    const { counts } = verdict.report;
    expect(counts.receipts).toBe(walkthrough.truth.receipts);
    expect(counts.checkpoints).toBe(walkthrough.truth.checkpoints);
    expect(counts.rejected).toBe(walkthrough.truth.copyNotUnderstood);
  });

  test("the cause is receipt 803 with its four effects, at its line", () => {
    const errors = verdict.report.findings.filter((one) => one.severity === "error");
    const cause = errors.find((one) => one.code === "SIG-002");
    expect(cause?.place).toMatchObject({ file: "evidence-2026-04.zip/receipts.ndjson", line: 803 });
    const codes = errors
      .filter((one) => one === cause || one.cause === cause?.id)
      .map((one) => one.code);
    expect(codes.sort()).toEqual(["CKP-002", "HSH-001", "INC-001", "SIG-002"]);
  });

  test("the gap and the open end are found though the manifest was stamped anew", () => {
    const codes = verdict.report.findings.map((one) => one.code);
    expect(codes).toContain("CKP-004");
    expect(codes).toContain("SEQ-003");
    expect(codes.filter((code) => code.startsWith("MAN-"))).toEqual([]);
  });

  test("the keys: 20 and 17 checkpoints, 2,000 and 1,792 receipts of which one does not fit", () => {
    const row = (key: string) => verdict.keys.find((one) => one.key === key);
    expect(row(demoKernelA().key)).toMatchObject({
      standing: "pinned",
      receipts: { fit: 1999, total: 2000 },
      checkpoints: { fit: 20, total: 20 },
    });
    expect(row(demoKernelB().key)).toMatchObject({
      standing: "pinned",
      receipts: { fit: 1792, total: 1792 },
      checkpoints: { fit: 17, total: 17 },
    });
  });
});

describe("the samples", () => {
  const build = async (name: Sample["name"]): Promise<Sample> =>
    buildSample(name, { primitives: platform.primitives, sign: await webSign() });
  const codesOf = ({ report }: Verdict): string[] => [
    ...new Set(report.findings.flatMap((one) => (one.severity === "error" ? [one.code] : []))),
  ];

  test("clean: self-consistent alone, verified with its keys pinned", {
    timeout: LONG,
  }, async () => {
    const sample = await build("clean");
    const alone = await verdictOf(sample.files.map(fileOf), null);
    expect(codesOf(alone)).toEqual([]);
    expect(alone.report.headline).toBe("self-consistent");
    const trusted = await verdictOf(sample.files.map(fileOf), pinned(sample.trust.text));
    expect(trusted.report.headline).toBe("verified");
    const answers = Object.values(trusted.report.questions).map((one) => one.answer);
    expect(answers).toEqual(["yes", "yes", "yes", "yes", "yes"]);
  });

  test("a trust file beside evidence is offered, not pinned", { timeout: LONG }, async () => {
    const sample = await build("clean");
    const verdict = await verdictOf([...sample.files, sample.trust].map(fileOf), null);
    expect(verdict.report.trust_mode).toBe("none");
    expect(verdict.report.headline).toBe("self-consistent");
    expect(verdict.report.findings.map((one) => one.code)).toContain("KEY-006");
  });

  test("changed: one cause, and its effects", { timeout: LONG }, async () => {
    const sample = await build("changed");
    const verdict = await verdictOf(sample.files.map(fileOf), pinned(sample.trust.text));
    expect(verdict.report.headline).toBe("does-not-verify");
    expect(headline(verdict)).toBe("Does not verify · 1 cause, 5 effects · 2 pinned keys");
    expect(codesOf(verdict)).toEqual(
      expect.arrayContaining(["SIG-002", "HSH-001", "HSH-002", "INC-001", "CKP-002"]),
    );
  });

  test("removed checkpoint: nothing that is here fails, and 17 is absent", {
    timeout: LONG,
  }, async () => {
    const sample = await build("removed-checkpoint");
    const verdict = await verdictOf(sample.files.map(fileOf), pinned(sample.trust.text));
    expect(verdict.report.headline).toBe("does-not-verify");
    expect(verdict.causes).toBe(0);
    expect(verdict.report.questions.complete.answer).toBe("no");
    expect([verdict.absentReceipts, verdict.absentCheckpoints]).toEqual([100, 1]);
    expect(codesOf(verdict)).toContain("CKP-004");
  });

  test("forked: one key signed two histories", { timeout: LONG }, async () => {
    const sample = await build("forked");
    const verdict = await verdictOf(sample.files.map(fileOf), null);
    expect(verdict.report.questions.consistent.answer).toBe("no");
    expect(verdict.forks).toBeGreaterThan(0);
    expect(codesOf(verdict)).toContain("EQV-001");
  });
});

import { beforeAll, describe, expect, test } from "vitest";
import { parseJson } from "@/kernel/json/parse.ts";
import { asText, member } from "@/kernel/json/value.ts";
import { trustBundle } from "@/kernel/trust/trust-bundle.ts";
import { parseTrustFile } from "@/kernel/trust/trust-file.ts";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { SAMPLES } from "@/lib/display/samples.ts";
import { makeDemoKeys } from "@/lib/playground/demo-keys.ts";
import { Replay } from "@/lib/playground/replay/replay-denials.ts";
import type { Conclusion } from "@/lib/verification/conclude.ts";
import { verify } from "@/lib/verification/testing/verify.ts";
import { linesOf, recordOf } from "../manifest.ts";
import { webSign } from "../web-sign.ts";
import type { StormTruth } from "./model.ts";
import { stormSample } from "./sample.ts";
import { StormTally } from "./tally.ts";
import { grantedCapability, TOKENS } from "./walkthrough.ts";
import { walkthroughCalls } from "./walkthrough-calls.ts";
import { at, RESEARCH } from "./walkthrough-cast.ts";
import { WalkthroughNotes } from "./walkthrough-notes.ts";

const { primitives } = nodePlatform();

describe("the analyst's day", () => {
  const tally = new StormTally(false, [4]);
  const notes = new WalkthroughNotes();
  let truth: StormTruth;
  beforeAll(() => {
    for (const call of walkthroughCalls(1, primitives)) {
      tally.count(call);
      notes.note(call);
    }
    truth = tally.truth(0, { bursts: [], widenings: notes.widenings(3) });
  });

  test("has the numbers of the walkthrough", () => {
    expect(truth).toMatchObject({
      receipts: 96_200,
      denials: 48_210,
      deadLetters: 48_210,
      claims: 212,
      allows: 48_202,
    });
    expect(Math.ceil(truth.receipts / 100)).toBe(962);
    expect(
      truth.patterns.map(({ denials, agents, scopes, claims }) => [
        denials,
        agents.length,
        scopes.length,
        claims,
      ]),
    ).toEqual([
      [31_004, 1, 1, 0],
      [6412, 7, 3, 148],
      [4120, 2, 1, 0],
      [2318, 3, 2, 0],
      [1806, 1, 1, 0],
      [1024, 4, 2, 0],
      [642, 5, 4, 64],
      [391, 2, 1, 0],
      [262, 3, 1, 0],
      [187, 1, 1, 0],
      [44, 1, 1, 0],
    ]);
    expect(truth.guards.slice(0, 5)).toEqual([
      { guard: "scope-match", denials: 32_028 },
      { guard: "egress-allowlist", denials: 6412 },
      { guard: "velocity", denials: 4120 },
      { guard: "forbidden-path", denials: 2318 },
      { guard: "budget", denials: 1806 },
    ]);
  });

  test("has its storm between 02:09:14 and 02:27:41, over three bars", () => {
    expect(truth.patterns[0]).toMatchObject({
      agents: [RESEARCH],
      keys: 14,
      first: at(2, 9, 14),
      last: at(2, 27, 41),
    });
    const barAt = (second: number): number =>
      truth.bars
        .filter((bar) => bar.second === second)
        .reduce((sum, { denials }) => sum + denials, 0);
    expect([at(2, 0), at(2, 10), at(2, 20)].map(barAt)).toEqual([1448, 16_858, 12_969]);
    const quiet = new Set(truth.bars.map(({ second }) => second));
    expect(
      Math.max(
        ...[...quiet]
          .map(barAt)
          .sort((a, b) => b - a)
          .slice(3),
      ),
    ).toBeLessThan(400);
  });

  test("fires the rule over distinct scopes twice, and once at four", () => {
    expect(truth.firings.scopes.map(({ agent, at: second }) => [agent, second])).toEqual([
      [RESEARCH, at(2, 11, 52)],
      ["order-service", at(7, 11)],
    ]);
    expect(tally.firings(4).map(({ agent, at: second }) => [agent, second])).toEqual([
      ["order-service", at(7, 12)],
    ]);
    expect(truth.widenings.map(({ agent, tried }) => [agent, tried.length])).toEqual([
      [RESEARCH, 3],
      ["order-service", 4],
    ]);
  });

  test("has no call of the storm that was allowed, before or after", () => {
    expect(truth.probes.map(({ agent }) => agent)).toEqual([
      "quote-agent",
      "partner-agent",
      "quote-agent",
    ]);
    let asked = 0;
    for (const call of walkthroughCalls(0.05, primitives)) {
      if (call.by.agent === RESEARCH && call.tool === "events:consume:payments") {
        asked += call.denied === null ? 1 : 0;
      }
    }
    expect(asked).toBe(0);
  });
});

describe("the sample of the day", () => {
  let concluded: Conclusion;
  let made: Awaited<ReturnType<typeof stormSample>>;
  beforeAll(async () => {
    made = await stormSample({ primitives, sign: await webSign() });
    const parsed = parseJson(made.trust);
    const pinned = parsed.ok ? parseTrustFile(parsed.value.value, primitives) : null;
    if (pinned === null || !pinned.ok) {
      throw new Error("the storm's trust file was refused");
    }
    const files = Object.fromEntries(made.files.map(({ path, text }) => [path, text]));
    concluded = await verify(files, trustBundle(pinned.value));
  });

  test("holds what its card says", () => {
    const card = SAMPLES.find(({ name }) => name === "storm");
    const { truth } = made;
    const count = (value: number): string => value.toLocaleString("en");
    expect(card?.receipts).toBe(truth.receipts);
    expect(card?.checkpoints).toBe(truth.checkpoints);
    expect(card?.holds).toBe(
      `${count(truth.receipts)} receipts, ${count(truth.deadLetters)} dead letters from 3 tools`,
    );
    expect(card?.expect).toBe(
      `Verified. ${count(truth.denials)} denials in ${truth.patterns.length} patterns, ` +
        `${count(truth.top.denials)} of one from 02:09. ${truth.claims} claims without a receipt.`,
    );
  });

  test("verifies under its two keys, with every dead letter joined or a claim", () => {
    const { report, pinnedKeys } = concluded.verdict;
    expect(report.headline).toBe("verified");
    expect(pinnedKeys).toBe(2);
    expect(report.counts.receipts).toBe(made.truth.receipts);
    expect(report.counts.rejected).toBe(0);
    expect(report.findings.filter(({ severity }) => severity !== "info")).toEqual([]);
  });

  test("would be allowed with the topic granted, but for the right to small messages", () => {
    const { truth } = made;
    const textOf = (end: string) => made.files.find(({ path }) => path.endsWith(end))?.text;
    const tokens = linesOf(textOf(TOKENS)).map(recordOf);
    const replay = Replay.open(
      {
        capability: grantedCapability(),
        loaded: tokens.find((token) => token["id"] === truth.replay.capability) ?? null,
        signing: "demo",
        datesMadeUp: false,
        policy: null,
        pinned: [],
      },
      { demo: makeDemoKeys((target) => target.fill(3)) },
    );
    if (!replay.ok) {
      throw new Error(JSON.stringify(replay.error));
    }
    for (const token of tokens) {
      replay.value.learn(asText(member(token, "id")) ?? "", { kind: "token", token });
    }
    const outcomes: Record<string, number> = {};
    for (const line of linesOf(textOf("receipts.ndjson"))) {
      if (line.includes(`"tool_name":"${truth.top.tool}"`)) {
        const { outcome } = replay.value.judge(member(recordOf(line), "receipt"));
        const byConstraint = outcome.kind === "denied" && outcome.byConstraint;
        const name = byConstraint ? "refused by a constraint" : outcome.kind;
        outcomes[name] = (outcomes[name] ?? 0) + 1;
      }
    }
    expect(outcomes).toEqual({
      allowed: truth.replay.allowed,
      "refused by a constraint": truth.replay.refusedByConstraint,
    });
  });
});

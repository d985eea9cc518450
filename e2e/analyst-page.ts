import type { Locator, Page } from "playwright/test";
import type { WalkthroughTruth } from "@/lib/demo/storm/model.ts";
import { percentWords } from "@/lib/display/denial-words.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import { formatTime } from "@/lib/display/time.ts";
import { expect } from "./fixtures.ts";

/** The analyst's pages as they have to be, whatever way they were reached: each number is the truth's. */

const READ = 240_000;

/** Every file is read and judged. */
export async function concluded(page: Page): Promise<void> {
  await expect(page.locator("footer")).toContainText(/receipts checked in/, { timeout: READ });
}

/** The keys are pinned, and everything was judged by them. */
export async function pinned(page: Page): Promise<void> {
  await expect(
    page.getByRole("main").getByRole("heading", { level: 1, name: "Verified · 2 pinned keys" }),
  ).toBeVisible({ timeout: READ });
}

export function patterns(page: Page): Locator {
  return page.getByRole("grid", { name: "Patterns" });
}

export function panel(page: Page): Locator {
  return page.getByRole("complementary", { name: "Pattern" });
}

export function result(page: Page): Locator {
  return page.getByRole("grid", { name: "Result" });
}

export function ruleForm(page: Page): Locator {
  return page.getByRole("form", { name: "Rule" });
}

export function preview(page: Page): Locator {
  return page.getByRole("region", { name: "On the loaded data" });
}

export function replayCard(page: Page): Locator {
  return page.getByRole("region", { name: "Replay", exact: true });
}

export function verdictPane(page: Page): Locator {
  return page.getByRole("region", { name: "The kernel’s verdict" });
}

export function topName(truth: WalkthroughTruth): RegExp {
  return new RegExp(`^${truth.top.agent} asked for ${truth.top.scope}`);
}

function clock(second: number): string {
  return formatTime(second).slice(0, 5);
}

/** The first screen: the statement, the spike and the policy before it, and every pattern's numbers. */
export async function expectFirstScreen(page: Page, truth: WalkthroughTruth): Promise<void> {
  const { denials, claims, top } = truth;
  await expect(
    page.getByRole("heading", {
      level: 1,
      name: `${formatCount(denials)} denials, ${truth.patterns.length} patterns`,
    }),
  ).toBeVisible({ timeout: 60_000 });
  const main = page.getByRole("main");
  await expect(main).toContainText(`${percentWords(denials - claims, denials)} verified.`);
  await expect(main).toContainText(`${claims} carry no receipt: set aside as claims`);
  const chart = page.getByRole("region", { name: "Denials over time" }).getByRole("img").first();
  await expect(chart).toContainText(`New policy ${clock(truth.policy.changedAt)}`);
  await expect(chart).toContainText(
    `${formatCount(top.denials)} between ${clock(top.first)} and ${clock(top.last)}`,
  );
  for (const { guard, denials: of } of truth.guards.slice(0, 5)) {
    await expect(
      page.getByRole("button", { name: `${guard} ${formatCount(of)}`, exact: true }),
    ).toBeVisible();
  }
  await expect(patterns(page).getByRole("row")).toHaveCount(truth.patterns.length + 1);
  const cells = await patterns(page)
    .getByRole("row")
    .evaluateAll((rows) =>
      rows
        .slice(1)
        .map((row) =>
          [...row.querySelectorAll("[role=gridcell]")].map((cell) => cell.textContent ?? ""),
        ),
    );
  const shown = cells.map(([sentence = "", count, , agents, scopes, , , verified]) => ({
    says: sentence.slice(sentence.indexOf("asked for ")),
    numbers: [count, agents, scopes, verified],
  }));
  expect(shown).toEqual(
    truth.patterns.map((pattern) => ({
      says: `asked for ${pattern.tool}${pattern.guard}: ${pattern.reason}`,
      numbers: [
        `${formatCount(pattern.denials)} denials`,
        String(pattern.agents.length),
        String(pattern.scopes.length),
        `${percentWords(pattern.denials - pattern.claims, pattern.denials)} verified`,
      ],
    })),
  );
}

/** The pattern on top and its two readings. `changed` is the first second in which the new policy is seen. */
export async function expectTopPattern(
  page: Page,
  truth: WalkthroughTruth,
  changed: number,
): Promise<void> {
  const { top } = truth;
  await expect(panel(page).getByRole("heading", { level: 2 })).toHaveText(
    `${top.agent} asked for ${top.scope}`,
  );
  await expect(panel(page)).toContainText("topic not granted. Never asked before by this agent.");
  await expect(panel(page)).toContainText(
    `denials${formatCount(top.denials)}message keys${top.keys}`,
  );
  await expect(panel(page)).toContainText(`from ${formatTime(top.first)}`);
  await expect(panel(page)).toContainText("verified100%");
  const misconfiguration = panel(page).getByRole("region", {
    name: "Misconfiguration",
    exact: true,
  });
  await expect(misconfiguration).toContainText(
    `Policy changed at ${clock(changed)}, ${top.first - changed} s before the first denial.`,
  );
  await expect(misconfiguration).toContainText(
    `The same ${top.keys} keys, retried every ${top.gapMs} ms.`,
  );
  const attack = panel(page).getByRole("region", { name: "Attack", exact: true });
  await expect(attack).toContainText(
    `This agent tried ${top.widening.tried.length} tools in widening order.`,
  );
  await expect(attack).toContainText(`This scope was never asked for before ${clock(top.first)}.`);
  await expect(attack).toContainText("No denied call was later allowed.");
}

/** The first second in which a receipt names the new policy: what a log can show of the change. */
export function changeSeen(truth: WalkthroughTruth, lines: readonly string[]): number {
  const first = lines.find((line) => line.includes(truth.policy.after)) ?? "";
  return secondOf(first);
}

/** Unix second that a line of the receipt log names. */
export function secondOf(line: string): number {
  return Number(/"timestamp":(\d+)/.exec(line)?.[1]);
}

/** Rows of the result that are in the document, each as its cells' texts. */
export async function resultRows(page: Page): Promise<readonly (readonly string[])[]> {
  return result(page)
    .getByRole("row")
    .evaluateAll((rows) =>
      rows
        .map((row) =>
          [...row.querySelectorAll("[role=gridcell]")].map((cell) => cell.textContent ?? ""),
        )
        .filter((cells) => cells.length > 0),
    );
}

/** What the statements behind the readings have to give, by the sentence that each tab is named for. */
export function readingRows(
  truth: WalkthroughTruth,
  changed: number,
): readonly { readonly tab: RegExp; readonly rows: readonly (readonly RegExp[])[] }[] {
  const { top, policy } = truth;
  return [
    {
      tab: /^misconfiguration, for: Policy changed/,
      rows: [
        [
          exactly(top.first),
          exactly(top.last),
          exactly(policy.after),
          exactly(changed),
          exactly(top.first - changed),
        ],
      ],
    },
    {
      tab: /^misconfiguration, for: The same/,
      rows: [
        [
          exactly(top.keys),
          exactly(top.denials - top.keys),
          exactly(top.gapMs),
          exactly(1),
          exactly("true"),
        ],
      ],
    },
    {
      tab: /^attack, for: This agent tried/,
      rows: top.widening.tried.map(({ scope, at }) => [exactly(scope), exactly(at)]),
    },
  ];
}

function exactly(value: string | number): RegExp {
  return new RegExp(`^${String(value).replaceAll(/[^\w]/g, "\\$&")}$`);
}

export async function expectRows(page: Page, rows: readonly (readonly RegExp[])[]): Promise<void> {
  await expect(async () => {
    const found = await resultRows(page);
    expect(found).toHaveLength(rows.length);
    rows.forEach((cells, row) => {
      cells.forEach((cell, column) => {
        expect(found[row]?.[column]).toMatch(cell);
      });
    });
  }).toPass({ timeout: 20_000 });
}

/** Times that a rule over distinct scopes fires. */
export function firingsAt(
  truth: WalkthroughTruth,
  threshold: number,
): WalkthroughTruth["firings"]["scopes"] {
  const found = truth.scopeRule.find((each) => each.threshold === threshold);
  if (found === undefined) throw new RangeError(`the case knows nothing of threshold ${threshold}`);
  return found.firings;
}

/**
 * How many events were held back. Receipts say the whole second, so which of the second's own events came after
 * the one that fired is not told: up to a second's worth of them may stand on either side.
 */
function expectHeld(
  text: string | null,
  { top }: WalkthroughTruth,
  firings: WalkthroughTruth["firings"]["scopes"],
): void {
  const shown = /, ([\d,]+) more held back/.exec(text ?? "")?.[1]?.replaceAll(",", "");
  const held = firings.reduce((sum, firing) => sum + firing.held, 0);
  const oneSecond = (1000 / top.gapMs) * top.keys;
  expect(Math.abs(Number(shown) - held)).toBeLessThanOrEqual(oneSecond);
}

/** What the preview says of that many firings and of the claims that are set aside. */
export async function expectPreview(
  page: Page,
  truth: WalkthroughTruth,
  threshold: number,
): Promise<void> {
  const firings = firingsAt(truth, threshold);
  const times = firings.length === 1 ? "once" : `${firings.length} times`;
  await expect(preview(page)).toContainText(`Would have fired ${times}, `);
  await expect(async () => expectHeld(await preview(page).textContent(), truth, firings)).toPass();
  await expect(preview(page)).toContainText(
    `${formatCount(truth.denials - truth.claims)} denials counted in `,
  );
  await expect(preview(page)).toContainText(`${truth.claims} claims`);
  await expect(preview(page)).toContainText("Claims are set aside");
  const alerts = preview(page).getByRole("list", { name: "Alerts" }).getByRole("listitem");
  await expect(alerts).toHaveCount(firings.length);
  for (const { agent, at } of firings) {
    await expect(alerts.filter({ hasText: agent })).toContainText(`${formatTime(at)} UTC`);
  }
}

/** The denial's verdict and its hint, with the capability that it presented. */
export async function expectPlayground(page: Page, truth: WalkthroughTruth): Promise<void> {
  await expect(page.getByText(/with the capability it presented/)).toBeVisible();
  await expect(page.getByRole("region", { name: "Capability", exact: true })).toContainText(
    truth.replay.capability,
  );
  await expect(verdictPane(page).getByRole("heading", { level: 2 })).toHaveText("Denied");
  await expect(verdictPane(page)).toContainText(
    `Same as the signed receipt of ${formatTime(truth.top.first)}`,
  );
  const hint = page.getByRole("region", { name: "What would have allowed it" });
  await expect(hint.getByRole("heading")).toContainText(truth.top.scope);
  await expect(hint).toContainText(`"tool_name": "${truth.replay.grant.tool_name}"`);
}

export async function expectReplayed(page: Page, truth: WalkthroughTruth): Promise<void> {
  const { allowed, refusedByConstraint } = truth.replay;
  const card = replayCard(page);
  await expect(page.getByRole("status", { name: "Replay of denials" })).toHaveText(
    `Replay ended: ${formatCount(allowed)} would be allowed, ${refusedByConstraint} still denied, 0 not evaluated.`,
    { timeout: 120_000 },
  );
  await expect(card).toContainText(`${refusedByConstraint} still denied: an argument constraint`);
  await expect(card).toContainText(
    "Not evaluated, whatever the texts say: revocation, velocity, agent-velocity, data-flow, budget and proof of possession.",
  );
}

/** Everything of the log that no link may hold: names as a whole, and their parts. */
export function valuesOf(truth: WalkthroughTruth): readonly string[] {
  const names = [
    ...truth.patterns.flatMap(({ guard, tool, reason, agents, scopes }) => [
      guard,
      tool,
      reason,
      ...agents,
      ...scopes,
    ]),
    ...truth.probes.flatMap(({ agent, scope }) => [agent, scope]),
    truth.policy.before,
    truth.policy.after,
    truth.replay.capability,
    "pay-41",
  ];
  const parts = names.flatMap((name) => [name, ...name.split(/[:/ ]/)]);
  return [...new Set(parts)].filter((part) => part.length >= 5 && !part.startsWith("‹"));
}

import type { Page } from "playwright";
import { DAY } from "@/lib/demo/storm/walkthrough-cast.ts";
import { DEFAULT_PARTS, DENIAL_FACETS, type DenialFilter } from "@/lib/queries/denial-model.ts";
import {
  type DenialQuestion,
  denialFacetQuestion,
  denialHistogramQuestion,
  denialQuestion,
  denialTotalsQuestion,
  matrixQuestion,
  patternsQuestion,
  probesQuestion,
} from "@/lib/queries/denial-questions.ts";
import type { Rule } from "@/lib/rules/model.ts";
import type { Stage } from "./browser.ts";
import { askDatabase } from "./chain-questions.ts";
import type { StormLog } from "./denials-log.ts";
import { NativeDenials } from "./denials-native.ts";
import {
  askBound,
  boundQuestion,
  changeDenials,
  clockOf,
  openDenials,
  previewRule,
  tasksSince,
} from "./denials-page.ts";
import { HEAVY, type Stopped, stopStatement } from "./denials-stop.ts";
import { installProbe } from "./page-probe.ts";
import { watchMemory } from "./processes.ts";

/** One question's askings in the page and by the native engine, in milliseconds. */
export interface AskedBoth {
  readonly name: string;
  /** Whether it draws a chart, a facet or what a brush changes: then the aim is for it. */
  readonly isAimed: boolean;
  readonly ours: readonly number[];
  /** With one thread, as the page has, and with as many as the engine takes. */
  readonly native: { readonly one: readonly number[]; readonly all: readonly number[] };
}

export interface DenialsRun {
  readonly whole: number;
  readonly peakBytes: number;
  /** What the database's tables take. */
  readonly tableBytes: number;
  readonly first: number;
  readonly brushed: readonly number[];
  readonly questions: readonly AskedBoth[];
  readonly previews: readonly { readonly name: string; readonly times: readonly number[] }[];
  readonly stops: readonly (Stopped & { readonly name: string })[];
  readonly longestTask: number;
}

const TABLE_BYTES =
  "select sum(memory_usage_bytes)::double from duckdb_memory() where tag = 'IN_MEMORY_TABLE'";
const PATIENCE = 30 * 60_000;
const WINDOW = { viewport: { width: 1440, height: 900 } };
const ASKINGS = 7;
const PREVIEWS = 6;
const BRUSHES = 7;
/** Stops of each statement. */
const STOPS = 8;
const HOUR = 3600;
const NO_TIME: DenialFilter = { time: null, include: {}, exclude: {}, text: "", claims: true };

/** Drops the storm into a page of its own, looks at its denials, asks everything, and stops what runs too long. */
export async function runDenials(stage: Stage, log: StormLog): Promise<DenialsRun> {
  const context = await stage.browser.newContext({ ...WINDOW, acceptDownloads: true });
  try {
    const page = await context.newPage();
    await page.addInitScript(installProbe, "");
    await page.goto(stage.origin);
    await page.locator("[data-offline-ready=true]").waitFor({ state: "attached" });
    const memory = watchMemory();
    await page
      .locator("input[type=file]:not([webkitdirectory])")
      .first()
      .setInputFiles([...log.paths]);
    const whole = await loaded(page);
    const peakBytes = memory.stop();
    const { first: tableBytes } = await askDatabase(page, TABLE_BYTES);
    const since = await clockOf(page);
    const first = await openDenials(page);
    await expectDenials(page, log);
    const brushed: number[] = [];
    for (let time = 0; time < BRUSHES; time += 1) {
      const from = DAY + (6 + time) * HOUR;
      brushed.push(await changeDenials(page, `time=${from}-${from + 3 * HOUR}`));
    }
    const longestTask = Math.max(0, ...(await tasksSince(page, since)));
    const questions = await askBoth(page);
    const previews = [];
    for (const rule of RULES) {
      const { milliseconds } = await previewRule(page, rule, PREVIEWS + 1);
      previews.push({ name: rule.name, times: milliseconds });
    }
    const stops = await stopAll(page);
    return {
      whole,
      peakBytes,
      tableBytes,
      first,
      brushed,
      questions,
      previews,
      stops,
      longestTask,
    };
  } finally {
    await context.close();
  }
}

async function loaded(page: Page): Promise<number> {
  const late = setTimeout(() => {
    page.close().catch(() => undefined);
  }, PATIENCE);
  try {
    return await page.evaluate(async () => {
      await window.chioBenchProbe.shown.done;
      return window.chioBenchProbe.done - window.chioBenchProbe.chosen;
    });
  } finally {
    clearTimeout(late);
  }
}

/** @throws TimeoutError where the page counts other denials than were made */
async function expectDenials(page: Page, { facts }: StormLog): Promise<void> {
  const counted = facts.denials.toLocaleString("en-US");
  const statement = page.getByRole("region", { name: "Denials over time" });
  await statement.getByText(counted).first().waitFor({ timeout: 30_000 });
}

async function askBoth(page: Page): Promise<readonly AskedBoth[]> {
  const native = await NativeDenials.copyOf(page);
  try {
    const asked: AskedBoth[] = [];
    for (const { name, isAimed, question } of questionsOf()) {
      const bound = boundQuestion(question);
      const ours = await askBound(page, bound, ASKINGS);
      await native.setThreads(1);
      const one = await native.ask(bound, ASKINGS);
      await native.setThreads(null);
      const all = await native.ask(bound, ASKINGS);
      asked.push({ name, isAimed, ours, native: { one, all } });
    }
    return asked;
  } finally {
    native.close();
  }
}

interface MeasuredQuestion {
  readonly name: string;
  readonly isAimed: boolean;
  readonly question: DenialQuestion;
}

function questionsOf(): readonly MeasuredQuestion[] {
  const brush: DenialFilter = { ...NO_TIME, time: { from: DAY + 6 * HOUR, to: DAY + 12 * HOUR } };
  const guard: DenialFilter = { ...NO_TIME, include: { guard: ["egress-allowlist"] } };
  const agent: DenialFilter = { ...NO_TIME, include: { agent: ["agent-0001"] } };
  const filters = [
    ["all denials", NO_TIME],
    ["six hours brushed", brush],
    ["one guard", guard],
  ] as const;
  const aimed = (name: string, question: DenialQuestion) => ({ name, isAimed: true, question });
  const told = (name: string, question: DenialQuestion) => ({ name, isAimed: false, question });
  return [
    ...filters.flatMap(([name, filter]) => [
      aimed(`totals, ${name}`, denialTotalsQuestion(filter, DEFAULT_PARTS)),
      aimed(`patterns, ${name}`, patternsQuestion(filter, DEFAULT_PARTS)),
      aimed(`range of the chart, ${name}`, denialQuestion("denialRange", filter)),
      aimed(`bars of the chart, ${name}`, denialHistogramQuestion(filter, 600)),
      aimed(`heat map, agent by scope, ${name}`, matrixQuestion(filter, "agent", "scope")),
      aimed(`guard by topic, ${name}`, matrixQuestion(filter, "guard", "topic")),
    ]),
    ...DENIAL_FACETS.map((facet) =>
      aimed(`facet ${facet}, six hours brushed`, denialFacetQuestion(brush, facet)),
    ),
    aimed("policies on the time axis", denialQuestion("denialPolicies", NO_TIME)),
    aimed("spread across agents", denialQuestion("denialSpread", NO_TIME)),
    told("first seen", denialQuestion("denialFirstSeen", NO_TIME)),
    told("denied, then allowed", probesQuestion(NO_TIME, 600)),
    told("retries of a key", denialQuestion("denialRetries", NO_TIME)),
    told("cost", denialQuestion("denialCosts", NO_TIME)),
    told("consumer groups", denialQuestion("denialGroups", NO_TIME)),
    told("coverage of offsets", denialQuestion("denialCoverage", NO_TIME)),
    told("values of one agent's denials", denialQuestion("denialPrevalence", agent)),
    told("one agent: policy before", denialQuestion("denialReadingPolicy", agent)),
    told("one agent: retries", denialQuestion("denialReadingRetries", agent)),
    told("one agent: capabilities", denialQuestion("denialReadingActors", agent)),
    told("one agent: other tools", denialQuestion("denialReadingTools", agent)),
    told("one agent: asked before", denialQuestion("denialReadingAsked", agent)),
  ];
}

const RULE: Rule = {
  id: "bench",
  name: "count",
  description: "",
  severity: "high",
  isEnabled: true,
  conditions: [],
  groupBy: ["agent"],
  measure: { kind: "count" },
  windowSeconds: 600,
  threshold: 100,
  cooldownSeconds: 600,
  evidence: "everything",
};
const RULES: readonly Rule[] = [
  { ...RULE, name: "100 denials of an agent in ten minutes" },
  {
    ...RULE,
    name: "five scopes of an agent in ten minutes",
    measure: { kind: "distinct", field: "scope" },
    threshold: 5,
  },
  {
    ...RULE,
    name: "nine of ten calls of an agent denied",
    measure: { kind: "ratio", minimum: 20 },
    threshold: 0.9,
  },
];

async function stopAll(page: Page): Promise<DenialsRun["stops"]> {
  await page.getByRole("link", { name: "SQL", exact: true }).first().click();
  await page.getByRole("grid", { name: "Result" }).waitFor({ timeout: 120_000 });
  const stops: (Stopped & { readonly name: string })[] = [];
  for (const [name, text] of HEAVY) {
    for (let time = 0; time < STOPS; time += 1) {
      const stop = await stopStatement(page, text);
      stops.push({ ...stop, name });
      if (stop.ended) {
        // Everything is read again, which takes minutes: what follows would wait for it.
        return stops;
      }
    }
  }
  return stops;
}

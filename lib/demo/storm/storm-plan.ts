import { type Random, seededRandom } from "../random.ts";
import { STORM_RULES } from "./model.ts";
import { TEMPLATES, type TemplateName } from "./templates.ts";

const DAY_SECONDS = 86_400;
/** Between two denials of an agent on a quiet day: windows of ten minutes hold far fewer than any rule asks. */
const QUIET_SECONDS = 66;
const FEWEST_AGENTS = 72;
const WINDOW = Math.max(STORM_RULES.repeats.windowSeconds, STORM_RULES.scopes.windowSeconds);
const BURST_SHARE = 0.55;
/** Of the rows; the rest is noise, and what incidents leave out. */
const QUIET_SHARE = 0.97;
const LONGEST_BURST_MS = 1_500_000;
const EVENTS = "events";

/** Names that would do harm where a name is taken for something else. */
const HOSTILE: readonly string[] = [
  "__proto__",
  "constructor",
  "'; drop table receipt; --",
  "<img src=x onerror=alert(1)>",
];

export interface Target {
  readonly template: TemplateName;
  readonly server: string;
  readonly tool: string;
}

interface PlannedBurst {
  readonly agent: number;
  readonly target: Target;
  readonly tries: number;
  readonly keys: number;
  readonly gapMs: number;
  /** Of the first try, from the day's midnight. */
  readonly ms: number;
}

interface Single {
  readonly ms: number;
  readonly agent: number;
  readonly target: Target;
  readonly allowed: boolean;
}

/** What is going to happen on a day: all of it drawn from the seed before the first call. */
export interface StormPlan {
  readonly agents: readonly string[];
  readonly bursts: readonly PlannedBurst[];
  readonly singles: readonly Single[];
  /** Seconds of the day between which an agent is busy with its incident, and does nothing else. */
  readonly busy: ReadonlyMap<number, readonly [from: number, until: number]>;
  readonly lanes: readonly (readonly [Target, Target])[];
  readonly periods: readonly number[];
}

export interface StormOptions {
  readonly seed: number;
  /** Dead letters, with what is no denial among them. */
  readonly rows: number;
  /** `claims`: the documentation's form alone, of which no receipt exists. `signed`: every form, and a log. */
  readonly mode: "claims" | "signed";
}

const GUARDED: readonly TemplateName[] = [
  "egress",
  "velocity",
  "path",
  "budget",
  "tool",
  "token",
  "secret",
  "patch",
  "shell",
  "private",
];

export function planStorm({ seed, rows, mode }: StormOptions): StormPlan {
  const random = seededRandom(seed);
  const many = rows >= 500_000 ? 24 : 12;
  // Each incident has an agent of its own.
  let agent = 0;
  const bursts = Array.from({ length: many }, (_, number): PlannedBurst => {
    agent += 1;
    return burst(random, agent, number, Math.floor((rows * BURST_SHARE) / many));
  });
  const singles: Single[] = [];
  for (let number = 0; number < many; number += 1) {
    agent += 1;
    addWidening(random, agent, singles);
  }
  for (let number = 0; mode === "signed" && number < many; number += 1) {
    agent += 1;
    addProbe(random, agent, singles);
  }
  const tried = bursts.reduce((sum, { tries }) => sum + tries, singles.length);
  const quiet = Math.round(rows * QUIET_SHARE) - tried;
  const count = Math.max(FEWEST_AGENTS, Math.ceil((quiet * QUIET_SECONDS) / DAY_SECONDS));
  const agents = Array.from({ length: count }, (_, number) => nameOf(number));
  const lanes = agents.map(
    (_, agent) => [targetOf(random, agent, 0), targetOf(random, agent, 1)] as const,
  );
  const periods = agents.map(() => (DAY_SECONDS * count) / quiet);
  const busy = new Map<number, readonly [number, number]>();
  for (const one of bursts) {
    const last = one.ms + Math.floor((one.tries - 1) / one.keys) * one.gapMs;
    busy.set(one.agent, [one.ms / 1000 - WINDOW - 1, last / 1000 + WINDOW + 1]);
  }
  for (const { agent: who, ms } of singles) {
    const [from, until] = busy.get(who) ?? [Number.POSITIVE_INFINITY, 0];
    busy.set(who, [
      Math.min(from, ms / 1000 - WINDOW - 1),
      Math.max(until, ms / 1000 + WINDOW + 1),
    ]);
  }
  return { agents, bursts, singles, busy, lanes, periods };
}

function nameOf(number: number): string {
  return HOSTILE[number - 60] ?? `agent-${String(number).padStart(4, "0")}`;
}

function targetOf(random: Random, agent: number, lane: number): Target {
  const template = GUARDED[random.below(GUARDED.length)] ?? "egress";
  return {
    template,
    server: `srv-${(agent + lane * 7) % 31}-${lane}`,
    tool: TEMPLATES[template].tool,
  };
}

function burst(random: Random, agent: number, number: number, most: number): PlannedBurst {
  const tries = Math.max(60, Math.floor(most / 2) + random.below(Math.floor(most / 2)));
  const keys = 6 + random.below(18);
  const gaps = [250, 500, 1000, 2000].filter((gap) => (tries / keys) * gap < LONGEST_BURST_MS);
  const isTopic = random.below(2) === 0;
  const target: Target = isTopic
    ? { template: "topic", server: EVENTS, tool: `events:consume:burst-${number}` }
    : { template: "egress", server: `burst-${number}`, tool: TEMPLATES.egress.tool };
  return {
    agent,
    target,
    tries,
    keys,
    gapMs: gaps[random.below(gaps.length)] ?? 250,
    ms: (3600 + random.below(DAY_SECONDS - 10_000)) * 1000 + random.below(4) * 250,
  };
}

/** Three to five scopes within minutes, each tried once. */
function addWidening(random: Random, agent: number, singles: Single[]): void {
  let ms = (3600 + random.below(DAY_SECONDS - 10_000)) * 1000;
  const scopes = 3 + random.below(3);
  for (let number = 0; number < scopes; number += 1) {
    const template = GUARDED[random.below(GUARDED.length)] ?? "egress";
    const target = { template, server: `wide-${number}`, tool: TEMPLATES[template].tool };
    singles.push({ ms, agent, target, allowed: false });
    ms += (20 + random.below(90)) * 1000;
  }
}

/** Refused by a guard, then granted the same scope. */
function addProbe(random: Random, agent: number, singles: Single[]): void {
  const ms = (3600 + random.below(DAY_SECONDS - 10_000)) * 1000;
  const target: Target = { template: "egress", server: "probed", tool: TEMPLATES.egress.tool };
  singles.push({ ms, agent, target, allowed: false });
  singles.push({ ms: ms + (5 + random.below(120)) * 1000, agent, target, allowed: true });
}

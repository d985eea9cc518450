import type { Random } from "../random.ts";
import { TEMPLATES, type TemplateName } from "./templates.ts";
import { DAY, EVENTS_SERVER, RESEARCH, ROUTINE } from "./walkthrough-cast.ts";
import { ALLOWS, type Entry, FIXED, LANES, type Lane, PROBED, TOP } from "./walkthrough-lanes.ts";
import { Moments, moveToBars } from "./walkthrough-moments.ts";

export function planDay(scale: number, random: Random): readonly Entry[] {
  const scaled = (count: number, least: number): number =>
    Math.max(least, Math.round(count * scale));
  const entries: Entry[] = [];
  const top = scaled(TOP.denials, TOP.keys);
  for (let number = 0; number < top; number += 1) {
    entries.push({
      ms: TOP.first * 1000 + Math.floor(number / TOP.keys) * TOP.gapMs,
      kind: "top",
      template: TOP.template,
      agent: RESEARCH,
      server: EVENTS_SERVER,
      tool: TEMPLATES.topic.tool,
      isClaim: false,
      number,
    });
  }
  for (const fixed of FIXED) {
    entries.push(deniedEntry(fixed.second * 1000 + 200, fixed.template, fixed.agent, fixed.server));
  }
  for (const { second, agent, server } of PROBED) {
    entries.push({
      ...deniedEntry(second * 1000 + 700, "egress", agent, server),
      kind: "allowed",
    });
  }
  const drawn = LANES.map((lane) => laneEntries(lane, scaled, random));
  if (scale === 1) {
    moveToBars(drawn, random);
  }
  for (const lane of drawn) {
    for (const entry of lane) {
      entries.push(entry);
    }
  }
  const allows = scaled(ALLOWS, 1) - PROBED.length;
  for (let number = 0; number < allows; number += 1) {
    entries.push(allowedEntry(random));
  }
  // Equal moments keep the order in which they were planned.
  return entries.sort((a, b) => a.ms - b.ms);
}

function deniedEntry(ms: number, template: TemplateName, agent: string, server: string): Entry {
  const { tool } = TEMPLATES[template];
  return { ms, kind: "denied", template, agent, server, tool, isClaim: false, number: 0 };
}

function allowedEntry(random: Random): Entry {
  const [server, tool] = ROUTINE[random.below(ROUTINE.length)] ?? [EVENTS_SERVER, ""];
  const agent = ROUTINE_AGENTS[random.below(ROUTINE_AGENTS.length)] ?? RESEARCH;
  const ms = DAY * 1000 + random.below(86_400_000);
  return {
    ms,
    kind: "allowed",
    template: "topic",
    agent,
    server,
    tool,
    isClaim: false,
    number: 0,
  };
}
const ROUTINE_AGENTS: readonly string[] = [
  RESEARCH,
  "shipping-agent",
  "notify-agent",
  "inventory-agent",
  "order-service",
  "payment-service",
];

/** The lane's denials: at its first and last moment, everybody once, the rest drawn. */
function laneEntries(
  lane: Lane,
  scaled: (count: number, least: number) => number,
  random: Random,
): Entry[] {
  const fixed = FIXED.filter(({ template }) => template === lane.template).length;
  const claims = lane.claims === 0 ? 0 : scaled(lane.claims, 1);
  const least = lane.who.length + 2 + (lane.claims === 0 ? 0 : 2) + fixed;
  const drawn = scaled(lane.denials, least) - fixed;
  const minutes = new Moments(Math.floor((lane.first - DAY) / 60), lane);
  const people = lane.who.flatMap(([agent, server, weight]) =>
    Array.from({ length: weight }, () => [agent, server] as const),
  );
  const everybody = lane.who.map(([agent, server]) => [agent, server] as const);
  const [leader] = everybody;
  const claimant = everybody.at(-1);
  const entries: Entry[] = [];
  for (let number = 0; number < drawn; number += 1) {
    const isClaim = number >= drawn - claims;
    const [agent, server] = (isClaim
      ? claimant
      : number < 2
        ? leader
        : (everybody[number - 2] ?? people[random.below(people.length)])) ?? ["", ""];
    const ms =
      number === 0
        ? lane.first * 1000
        : number === 1
          ? lane.last * 1000
          : minutes.draw(random, isClaim);
    entries.push({ ...deniedEntry(ms, lane.template, agent, server), isClaim });
  }
  return entries;
}

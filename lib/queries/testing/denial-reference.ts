import type { TestCall, TestLetter } from "@/lib/database/testing/denial-rows.ts";
import type { DenialFilter } from "../denial-model.ts";

/** A denial as a slow and plain reading of the tables has it. */
export interface PlainDenial {
  readonly number: number;
  readonly evidence: string;
  readonly second: number | null;
  readonly guard: string;
  readonly agent: string;
  readonly tool: string;
  readonly scope: string;
  readonly reason: string;
  readonly searched: readonly string[];
  readonly call: TestCall | null;
}

export function plainDenials(
  calls: readonly TestCall[],
  letters: readonly TestLetter[],
): readonly PlainDenial[] {
  const own = calls.filter(({ decision, copyOf }) => decision === "deny" && copyOf === null);
  const claims = letters.filter(({ isClaim }) => isClaim);
  return [
    ...own.map((call) => ({
      number: call.row,
      evidence:
        call.integrity === "unsigned"
          ? "claim"
          : call.integrity === "verified-not-checkpointed"
            ? "verified"
            : call.integrity,
      second: call.timestamp,
      guard: call.guard,
      agent: call.agent,
      tool: call.tool,
      scope: call.scope,
      reason: call.pattern,
      searched: [
        call.agent,
        call.tool,
        call.scope,
        call.topic,
        call.guard,
        call.reason,
        `rcpt-${call.row}`,
      ],
      call,
    })),
    ...claims.map((claim) => ({
      number: -1 - claim.record,
      evidence: "claim",
      second: claim.second,
      guard: claim.guard,
      agent: claim.agent,
      tool: claim.tool,
      scope: claim.scope,
      reason: claim.pattern,
      searched: [claim.agent, claim.tool, claim.scope, claim.topic, claim.guard, claim.reason],
      call: null,
    })),
  ];
}

/** Whether a denial passes, its evidence aside where it is a claim. */
export function passes(filter: DenialFilter, denial: PlainDenial): boolean {
  const { time, include, exclude } = filter;
  const text = filter.text.trim().toLowerCase();
  const facets = {
    guard: denial.guard,
    agent: denial.agent,
    tool: denial.tool,
    reason: denial.reason,
  };
  const listed = (["guard", "agent", "tool", "reason"] as const).every((facet) => {
    const wanted = include[facet] ?? [];
    const unwanted = exclude[facet] ?? [];
    return (
      (wanted.length === 0 || wanted.includes(facets[facet])) && !unwanted.includes(facets[facet])
    );
  });
  const inTime =
    time === null ||
    (denial.second !== null && denial.second >= time.from && denial.second < time.to);
  const found = text === "" || denial.searched.some((value) => value.toLowerCase().includes(text));
  const named = filter.rows?.includes(denial.number) ?? true;
  return listed && inTime && found && named;
}

/** How often each text comes, most frequent first, equal counts by UTF-8 octets. */
export function tally(values: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(
    ([a, many], [b, more]) => more - many || Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
}

/** Denials whose next call by the same agent for the same scope and tool was allowed in time. */
export function plainProbes(
  calls: readonly TestCall[],
  matching: readonly PlainDenial[],
  seconds: number,
): readonly string[] {
  const probes: string[] = [];
  for (const { call } of matching) {
    if (call === null || call.timestamp === null || call.agent === "") {
      continue;
    }
    const at = call.timestamp;
    const later = calls
      .filter((other) => other.copyOf === null && other.decision !== "cancelled")
      .filter(
        ({ agent, scope, tool }) =>
          agent === call.agent && scope === call.scope && tool === call.tool,
      )
      .map(({ row, timestamp, decision }) => ({ row, decision, at: timestamp ?? -1 }))
      .filter((other) => other.at > at || (other.at === at && other.row > call.row))
      .sort((a, b) => a.at - b.at || a.row - b.row);
    const next = later[0];
    if (next?.decision === "allow" && next.at - at <= seconds) {
      probes.push(`${call.row}>${next.row}`);
    }
  }
  return probes.sort();
}

/** For each partition: offsets seen and absent. */
export function plainCoverage(calls: readonly TestCall[]): readonly string[] {
  const seen = new Map<string, Set<bigint>>();
  for (const { topic, partition, offset } of calls) {
    if (topic !== "" && partition !== null && offset !== null) {
      const place = `${topic}/${partition}`;
      seen.set(place, (seen.get(place) ?? new Set()).add(BigInt(offset)));
    }
  }
  return [...seen]
    .map(([place, offsets]) => {
      const sorted = [...offsets].sort((a, b) => (a < b ? -1 : 1));
      const span = (sorted.at(-1) ?? 0n) - (sorted[0] ?? 0n) + 1n;
      return `${place}: ${offsets.size} seen, ${span - BigInt(offsets.size)} absent`;
    })
    .sort();
}

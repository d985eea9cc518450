import { visibleText } from "@/components/receipts/visible-text.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import type { LiveState } from "@/lib/live/live-state.ts";

const NAMED = 3;

/** What is new between two states, in a sentence; empty where nothing is worth saying. */
export function announcementOf(before: LiveState, now: LiveState): string {
  const since =
    now.counts.rows < before.counts.rows ? { rows: 0, denials: 0, alerts: 0 } : before.counts;
  const rows = now.counts.rows - since.rows;
  const denials = now.counts.denials - since.denials;
  const fired = now.counts.alerts - since.alerts;
  const isEnded = now.source.kind === "ended" && before.source.kind !== "ended";
  const parts = [
    ...(rows > 0 ? [`${plural(rows, "row")}, ${plural(denials, "denial")}`] : []),
    ...(fired > 0 ? [`${plural(fired, "alert")}: ${alertNames(now, fired)}`] : []),
    ...(isEnded ? ["The source ended"] : []),
  ];
  return parts.length === 0 ? "" : `${parts.join(", ")}.`;
}

function alertNames({ alerts }: LiveState, fired: number): string {
  const names = [...new Set(alerts.slice(0, fired).map(({ name }) => visibleText(name)))];
  const more = names.length - NAMED;
  return more > 0
    ? `${names.slice(0, NAMED).join(", ")} and ${formatCount(more)} more`
    : names.join(", ");
}

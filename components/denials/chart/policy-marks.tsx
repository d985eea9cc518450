import type { ReactNode } from "react";
import { type TimeSpan, xOf } from "@/components/time/time-scale.ts";

import { formatDateTime, formatTime } from "@/lib/display/time.ts";
import type { PolicyBoundary } from "@/lib/queries/denial-model.ts";
import { policyHash } from "../log-words.ts";
import { PLOT } from "./stack.ts";

/** Changes that are marked; a log may change its policy at every receipt. */
const MARKED = 60;
/** Pixels that a label takes. */
const LABEL = 112;

interface PolicyMarksProps {
  readonly changes: readonly PolicyBoundary[];
  readonly span: TimeSpan;
  readonly width: number;
  /** Where text stands beside cut bars: labels keep away from it. */
  readonly taken: { readonly from: number; readonly to: number } | null;
}

/** Changes of policy that lie within the chart, by time; the first policy of all is no change. */
export function changesWithin(
  policies: readonly PolicyBoundary[],
  span: TimeSpan,
): readonly PolicyBoundary[] {
  return policies
    .filter(({ isFirst, first }) => !isFirst && first >= span.from && first < span.to)
    .sort((a, b) => a.first - b.first);
}

/** A diamond and a dashed line at each change of policy, with its time and hash where there is room. */
export function PolicyMarks({ changes, span, width, taken }: PolicyMarksProps): ReactNode {
  let free = 0;
  return changes.slice(0, MARKED).map((change, at) => {
    const x = xOf(change.first, span, width);
    const next = changes[at + 1];
    const right = next === undefined ? width : xOf(next.first, span, width);
    const fitsLeft = x - LABEL >= free && !overlaps(taken, x - LABEL, x);
    const fitsRight = right - x >= LABEL && !overlaps(taken, x, x + LABEL);
    const side = fitsLeft ? "left" : fitsRight ? "right" : null;
    free = side === "right" ? x + LABEL : x + 8;
    return <PolicyMark key={change.policy} change={change} x={x} side={side} />;
  });
}

function overlaps(taken: PolicyMarksProps["taken"], from: number, to: number): boolean {
  return taken !== null && from < taken.to && to > taken.from;
}

interface PolicyMarkProps {
  readonly change: PolicyBoundary;
  readonly x: number;
  readonly side: "left" | "right" | null;
}

function PolicyMark({ change, x, side }: PolicyMarkProps): ReactNode {
  const y = 8;
  const clock = formatTime(change.first).slice(0, 5);
  const at = side === "left" ? x - 10 : x + 10;
  const anchor = side === "left" ? "end" : "start";
  return (
    <g>
      <title>
        New policy {formatDateTime(change.first)} UTC, {policyHash(change.policy)}
      </title>
      <line
        x1={x}
        x2={x}
        y1={y + 6}
        y2={PLOT.head + PLOT.bars}
        strokeDasharray="4 3"
        strokeWidth={1.5}
        className="stroke-ink"
      />
      <path
        d={`M${x} ${y - 5} L${x + 5} ${y} L${x} ${y + 5} L${x - 5} ${y} Z`}
        className="fill-ink"
      />
      {side !== null && (
        <>
          <text x={at} y={y + 4} textAnchor={anchor} className="fill-ink font-semibold text-11">
            New policy {clock}
          </text>
          <text x={at} y={y + 18} textAnchor={anchor} className="fill-fact font-mono text-11">
            to {policyHash(change.policy)}
          </text>
        </>
      )}
    </g>
  );
}

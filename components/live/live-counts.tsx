"use client";

import type { ReactNode } from "react";
import { formatCount } from "@/lib/display/numbers.ts";
import { RING_ROWS } from "@/lib/live/model.ts";
import { useLive } from "./use-live.ts";

/** Exact counts of everything that arrived, whatever the table still shows. */
export function LiveCountsStrip(): ReactNode {
  const counts = useLive((state) => state.counts);
  const rate = useLive((state) => Math.round(state.rate));
  const parts: readonly (readonly [string, number, boolean])[] = [
    ["arrived", counts.rows, true],
    ["verified", counts.verified, true],
    ["self-consistent", counts.selfConsistent, false],
    ["not checked", counts.notChecked, false],
    ["do not verify", counts.doesNotVerify, false],
    ["denied", counts.denials, true],
    ["claims, set aside", counts.claims, false],
    ["processing failures", counts.failures, false],
    ["not understood", counts.notUnderstood, true],
    ["copies of earlier ones", counts.copies, false],
    ["in no window, for their time", counts.outOfTime, false],
    ["alerts", counts.alerts, true],
    ["repeats held back", counts.heldAlerts, false],
  ];
  return (
    <dl
      aria-label="What arrived"
      className="flex flex-wrap gap-x-4 gap-y-1 px-[18px] pb-2.5 text-13 max-sm:px-3"
    >
      {parts
        .filter(([, count, isAlways]) => isAlways || count > 0)
        .map(([word, count]) => (
          <div key={word} className="flex items-baseline gap-1.5">
            <dd className="order-1 font-semibold tabular-nums" data-count={word}>
              {formatCount(count)}
            </dd>
            <dt className="order-2 text-fact">{word}</dt>
          </div>
        ))}
      <div className="flex items-baseline gap-1.5 text-muted">
        <dd className="order-1 tabular-nums">{formatCount(rate)}</dd>
        <dt className="order-2">per second</dt>
      </div>
      {counts.rows > RING_ROWS ? (
        <div className="text-muted">
          <dt className="sr-only">Shown</dt>
          <dd>
            The last {formatCount(RING_ROWS)} are shown; all are counted and can be loaded into the
            explorer.
          </dd>
        </div>
      ) : null}
    </dl>
  );
}

"use client";

import type { ReactNode } from "react";
import { useEffect } from "react";
import { useSingleKeys } from "@/components/frame/use-keys.ts";
import { currentLive } from "@/lib/live/current-live.ts";
import { useRules } from "@/lib/queries/rules.ts";
import { useSession } from "@/lib/queries/session.ts";
import { LiveAlerts } from "./live-alerts.tsx";
import { LiveAnnouncer } from "./live-announcer.tsx";
import { LiveCountsStrip } from "./live-counts.tsx";
import { LiveTable } from "./live-table.tsx";
import { SourceChooser } from "./source-chooser.tsx";
import { SourceStrip } from "./source-strip.tsx";
import { useLive } from "./use-live.ts";

/** The Live page: what arrives is verified on arrival; nothing is read or asked before someone says so. */
export function LivePage(): ReactNode {
  const phase = useLive((state) => state.phase);
  const isOff = useLive(({ source }) => source.kind === "off");
  useJudges();
  useSingleKeys((event) => {
    if (event.key !== " " || isOff || isPressed(event.target)) return false;
    const desk = currentLive();
    if (desk.snapshot().held === null) desk.pause();
    else desk.resume();
    return true;
  });
  if (phase === "refused") return <Refused />;
  return (
    <div className="flex min-h-full flex-col lg:h-full">
      {isOff ? (
        <SourceChooser />
      ) : (
        <>
          <SourceStrip />
          <LiveCountsStrip />
          <div className="grid min-h-0 flex-1 gap-3 px-[18px] pb-[18px] max-sm:px-3 lg:grid-cols-[minmax(0,1fr)_320px]">
            <LiveTable />
            <LiveAlerts />
          </div>
        </>
      )}
      <LiveAnnouncer />
    </div>
  );
}

/** Keys and rules go to the worker whenever they change. */
function useJudges(): void {
  const keys = useSession(({ trust }) => trust.pinned);
  const rules = useRules();
  useEffect(() => currentLive().judgeBy(keys, rules), [keys, rules]);
}

/** Space presses what has the focus; only elsewhere does it pause. */
function isPressed(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest("button, a, summary, [role='switch']") !== null
  );
}

function Refused(): ReactNode {
  return (
    <div className="p-6">
      <h1 className="font-semibold text-20">Live</h1>
      <p className="mt-2 max-w-[60ch] text-13 text-fact">
        A known answer was not met in this browser, so nothing that it computes can be relied on.
        Nothing is read here.
      </p>
    </div>
  );
}

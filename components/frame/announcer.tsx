"use client";

import { useEffect, useRef, useState } from "react";
import { headlineQualifier } from "@/lib/display/headline.ts";
import { overallPercent, progressStatement } from "@/lib/display/progress-words.ts";
import { HEADLINE_WORDS } from "@/lib/display/status.ts";
import { useSession } from "@/lib/queries/session.ts";
import type { SessionState } from "@/lib/session/model.ts";

/** At most one announcement of progress in this many milliseconds. */
const PACE = 5000;

/** Says progress, now and then, and the verdict to someone who does not see the page. */
export function Announcer() {
  const [said, setSaid] = useState("");
  const last = useRef(0);
  const running = useSession(({ phase }) => phase === "running");
  const text = useSession(announcement);
  useEffect(() => {
    const now = performance.now();
    if (running && now - last.current < PACE) return;
    last.current = now;
    setSaid(text);
  }, [running, text]);
  return (
    <div aria-live="polite" className="sr-only">
      {said}
    </div>
  );
}

function announcement(session: SessionState): string {
  const { phase, progress, verdict } = session;
  switch (phase) {
    case "empty":
      return "";
    case "running":
      return progress === null
        ? "Reading"
        : `Checking, ${overallPercent(progress)} percent, ${progressStatement(progress)}`;
    case "refused":
      return "No verdicts: a known answer was not met in this browser.";
    case "done":
    case "stopped":
      return verdict === null
        ? ""
        : `${HEADLINE_WORDS[verdict.report.headline]}: ${headlineQualifier(verdict)}`;
  }
}

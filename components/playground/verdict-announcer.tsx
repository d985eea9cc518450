"use client";

import { type ReactNode, useEffect, useState } from "react";
import { useDesk } from "./use-desk.ts";
import { verdictText } from "./verdict-words.ts";

/** Milliseconds that a verdict has to stand before it is said: nobody wants one for each key. */
const PACE = 600;

/** Says the verdict to someone who does not see the page. */
export function VerdictAnnouncer(): ReactNode {
  const [said, setSaid] = useState("");
  const outcome = useDesk((state) => state.outcome);
  const text = outcome === null ? "" : verdictText(outcome);
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), PACE);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div role="status" aria-label="Verdict of the playground" className="sr-only">
      {said}
    </div>
  );
}

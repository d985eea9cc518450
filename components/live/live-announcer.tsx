"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { currentLive } from "@/lib/live/current-live.ts";
import { announcementOf } from "./live-words.ts";

/** At most one announcement in this many milliseconds: a burst must not talk over the person. */
const PACE = 5_000;

/** Says what arrived to someone who does not see the page: the first news at once, then what came since. */
export function LiveAnnouncer(): ReactNode {
  const [said, setSaid] = useState("");
  const told = useRef(currentLive().snapshot());
  useEffect(() => {
    const desk = currentLive();
    told.current = desk.snapshot();
    let timer: ReturnType<typeof setTimeout> | null = null;
    let last = Number.NEGATIVE_INFINITY;
    const tell = () => {
      timer = null;
      const now = desk.snapshot();
      const text = announcementOf(told.current, now);
      told.current = now;
      if (text !== "") {
        last = performance.now();
        setSaid(text);
      }
    };
    const stop = desk.subscribe(() => {
      const wait = Math.max(last + PACE - performance.now(), 0);
      timer ??= setTimeout(tell, wait);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, []);
  return (
    <div aria-live="polite" data-live-announcer className="sr-only">
      {said}
    </div>
  );
}

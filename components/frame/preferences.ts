"use client";

import { useSyncExternalStore } from "react";
import { Listeners } from "@/lib/session/listeners.ts";

/** What a person chose for this browser; kept in local storage, and for this page alone where that is refused. */
export type PreferenceName = "chio-theme" | "chio-single-keys" | "chio-hint";

const listeners = new Listeners();
const chosen = new Map<PreferenceName, string>();

export function readPreference(name: PreferenceName): string | null {
  const here = chosen.get(name);
  if (here !== undefined) return here;
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function writePreference(name: PreferenceName, value: string): void {
  chosen.set(name, value);
  try {
    localStorage.setItem(name, value);
  } catch {
    // Storage may be refused; the choice then lasts as long as the page.
  }
  listeners.tell();
}

/** A preference that components follow; null while it was never chosen, and in the static page. */
export function usePreference(name: PreferenceName): string | null {
  return useSyncExternalStore(
    listeners.subscribe,
    () => readPreference(name),
    () => null,
  );
}

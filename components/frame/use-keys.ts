"use client";

import { useLayoutEffect, useRef } from "react";
import { readPreference } from "./preferences.ts";

const TYPING = "input, textarea, select, [contenteditable=''], [contenteditable='true']";

/** True where a key press belongs to a field or to an open dialog, not to the page. */
export function isTyping(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof Element)) return false;
  return target.closest(TYPING) !== null || target.closest("[role='dialog']") !== null;
}

/** Single-key shortcuts can be switched off (WCAG 2.1.4). */
export function singleKeysAreOn(): boolean {
  return readPreference("chio-single-keys") !== "off";
}

/**
 * Calls `handle` for single keys that no field and no dialog wants; it returns true for a key that it used.
 */
export function useSingleKeys(handle: (event: KeyboardEvent) => boolean): void {
  const latest = useRef(handle);
  // With the frame that shows what the keys act on, not after it: a key pressed at once is heard.
  useLayoutEffect(() => {
    latest.current = handle;
  });
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event) || !singleKeysAreOn()) return;
      if (latest.current(event)) event.preventDefault();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

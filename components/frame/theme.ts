"use client";

import { readPreference, writePreference } from "./preferences.ts";

export type Theme = "light" | "dark" | "system";

export function themeOf(text: string | null): Theme {
  return text === "light" || text === "dark" ? text : "system";
}

export function applyTheme(theme: Theme): void {
  writePreference("chio-theme", theme);
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

/** Light, dark, system, and around again. */
export function nextTheme(): Theme {
  const now = themeOf(readPreference("chio-theme"));
  const next: Theme = now === "light" ? "dark" : now === "dark" ? "system" : "light";
  applyTheme(next);
  return next;
}

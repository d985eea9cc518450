import { useSyncExternalStore } from "react";
import type { Theme } from "@/lib/graph/tokens.ts";

/** The theme that the page is shown in, whoever changes it: the person's choice on the root, else the system. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, read, () => "light");
}

function read(): Theme {
  const chosen = document.documentElement.dataset["theme"];
  if (chosen === "light" || chosen === "dark") {
    return chosen;
  }
  return window.matchMedia(DARK).matches ? "dark" : "light";
}

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(DARK);
  media.addEventListener("change", listener);
  const root = new MutationObserver(listener);
  root.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => {
    media.removeEventListener("change", listener);
    root.disconnect();
  };
}

const DARK = "(prefers-color-scheme: dark)";

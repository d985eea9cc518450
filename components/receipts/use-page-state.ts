import { useCallback, useMemo, useSyncExternalStore } from "react";
import { type PageState, readFragment, writeFragment } from "./page-fragment.ts";

const listeners = new Set<() => void>();

/**
 * The page's state, which is its address: nothing is kept beside it. A change of the filter, of the list or
 * of the order is a step that Back undoes (`push`); a selection or a tab replaces the step it is in.
 */
export function usePageState(): [
  PageState,
  (change: Partial<PageState>, how: "push" | "replace") => void,
] {
  const fragment = useSyncExternalStore(
    subscribe,
    () => window.location.hash,
    () => "",
  );
  const state = useMemo(() => readFragment(fragment), [fragment]);
  const change = useCallback((next: Partial<PageState>, how: "push" | "replace") => {
    const before = window.location.hash;
    const text = writeFragment({ ...readFragment(before), ...next });
    if (`#${text}` === before || (text === "" && before === "")) return;
    const address = text === "" ? window.location.pathname : `#${text}`;
    if (how === "push") window.history.pushState(null, "", address);
    else window.history.replaceState(null, "", address);
    for (const listener of listeners) listener();
  }, []);
  return [state, change];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  window.addEventListener("hashchange", listener);
  // A link to this page from this page is pushed by the router, which neither event reports. It does so
  // while React commits, when no state may change: hence a moment later.
  const later = () => queueMicrotask(listener);
  window.navigation?.addEventListener("currententrychange", later);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
    window.removeEventListener("hashchange", listener);
    window.navigation?.removeEventListener("currententrychange", later);
  };
}

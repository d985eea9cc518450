import { useCallback, useMemo, useSyncExternalStore } from "react";
import { Listeners } from "@/lib/session/listeners.ts";

const listeners = new Listeners();

/** How a page's state stands behind the `#` of its address. Both functions stay the same for its life. */
export interface FragmentForm<State> {
  /** Reads a fragment, with or without `#`, that anyone may have written. */
  readonly read: (fragment: string) => State;
  /** The fragment without `#`; empty for the plain page. */
  readonly write: (state: State) => string;
}

/** Changes a page's state: `push` is a step that Back undoes, `replace` changes the step it is in. */
export type FragmentChange<State> = (next: Partial<State>, how: "push" | "replace") => void;

/** A page's state, which is its address: nothing is kept beside it. */
export function useFragmentState<State>({
  read,
  write,
}: FragmentForm<State>): [State, FragmentChange<State>] {
  const fragment = useSyncExternalStore(
    subscribe,
    () => window.location.hash,
    () => "",
  );
  const state = useMemo(() => read(fragment), [read, fragment]);
  const change = useCallback<FragmentChange<State>>(
    (next, how) => {
      const before = window.location.hash;
      const text = write({ ...read(before), ...next });
      if (`#${text}` === before || (text === "" && before === "")) return;
      const address = text === "" ? window.location.pathname : `#${text}`;
      if (how === "push") window.history.pushState(null, "", address);
      else window.history.replaceState(null, "", address);
      listeners.tell();
    },
    [read, write],
  );
  return [state, change];
}

function subscribe(listener: () => void): () => void {
  const stop = listeners.subscribe(listener);
  window.addEventListener("popstate", listener);
  window.addEventListener("hashchange", listener);
  // A link to this page from this page is pushed by the router, which neither event reports. It does so
  // while React commits, when no state may change: hence a moment later.
  const later = () => queueMicrotask(listener);
  window.navigation?.addEventListener("currententrychange", later);
  return () => {
    stop();
    window.removeEventListener("popstate", listener);
    window.removeEventListener("hashchange", listener);
    window.navigation?.removeEventListener("currententrychange", later);
  };
}

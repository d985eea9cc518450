import { type FragmentChange, useFragmentState } from "@/components/frame/use-fragment-state.ts";
import { type DenialPageState, readFragment, writeFragment } from "./page-fragment.ts";

const FORM = { read: readFragment, write: writeFragment };

/** The page's state, which is its address. What filters or changes the view is pushed, a selection replaces. */
export function usePageState(): [DenialPageState, FragmentChange<DenialPageState>] {
  return useFragmentState(FORM);
}

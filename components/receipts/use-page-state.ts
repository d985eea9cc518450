import { type FragmentChange, useFragmentState } from "@/components/frame/use-fragment-state.ts";
import { type PageState, readFragment, writeFragment } from "./page-fragment.ts";

const FORM = { read: readFragment, write: writeFragment };

/**
 * The page's state, which is its address: nothing is kept beside it. A change of the filter, of the list or
 * of the order is a step that Back undoes (`push`); a selection or a tab replaces the step it is in.
 */
export function usePageState(): [PageState, FragmentChange<PageState>] {
  return useFragmentState(FORM);
}

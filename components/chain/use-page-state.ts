import { type FragmentChange, useFragmentState } from "@/components/frame/use-fragment-state.ts";
import { type ChainPageState, readFragment, writeFragment } from "./page-fragment.ts";

const FORM = { read: readFragment, write: writeFragment };

/**
 * The page's state, which is its address. Where one walks, and a cut, are steps that Back undoes (`push`);
 * a selection, the form of the view and its lanes replace the step they are in.
 */
export function usePageState(): [ChainPageState, FragmentChange<ChainPageState>] {
  return useFragmentState(FORM);
}

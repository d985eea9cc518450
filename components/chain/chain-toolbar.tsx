"use client";

import type { ReactNode } from "react";
import { DIRECTIONS } from "@/lib/chain/model.ts";
import { DIRECTION_WORDS, LANE_WORDS } from "@/lib/display/chain-words.ts";
import { type ChainView, LANE_KINDS } from "@/lib/graph/model.ts";
import { DepthStepper } from "./depth-stepper.tsx";
import { askedDepth, type ChainPageState, VIEW_FORMS, type ViewForm } from "./page-fragment.ts";
import { Segmented } from "./segmented.tsx";

const FORM_WORDS: Readonly<Record<ViewForm, string>> = {
  graph: "Graph",
  tree: "Tree",
  table: "Table",
};

interface ChainToolbarProps {
  readonly state: ChainPageState;
  readonly form: ViewForm;
  /** Null until the first view is there. */
  readonly view: ChainView | null;
  readonly onChange: (next: Partial<ChainPageState>, how: "push" | "replace") => void;
  /** What stands at the right. */
  readonly children: ReactNode;
}

/** Where to walk, how far, and in which form. */
export function ChainToolbar(props: ChainToolbarProps): ReactNode {
  const { state, form, view, onChange } = props;
  return (
    <section
      aria-label="Walk"
      className="no-print flex shrink-0 flex-wrap items-center gap-2 border-border border-b bg-surface px-[18px] py-2 max-sm:px-3"
    >
      <Segmented
        label="Direction"
        names={DIRECTIONS}
        words={DIRECTION_WORDS}
        chosen={state.direction}
        keys={{ forward: "w", backward: "b" }}
        onChoose={(direction) => onChange({ direction, depth: null }, "push")}
      />
      {view !== null && (
        <DepthStepper
          depth={askedDepth(state, view.counts)}
          furthest={view.counts.furthest}
          onDepth={(depth) => onChange({ depth }, "push")}
        />
      )}
      <Segmented
        label="Shown as"
        names={VIEW_FORMS}
        words={FORM_WORDS}
        chosen={form}
        onChoose={(next) => onChange({ form: next }, "replace")}
      />
      {form === "graph" && (
        <span className="inline-flex items-center gap-2">
          <span aria-hidden="true" className="text-13 text-muted">
            Lanes by
          </span>
          <Segmented
            label="Lanes by"
            names={LANE_KINDS}
            words={LANE_WORDS}
            chosen={state.lanes}
            onChoose={(lanes) => onChange({ lanes }, "replace")}
          />
        </span>
      )}
      <span className="flex flex-wrap items-center gap-2 sm:ml-auto">{props.children}</span>
    </section>
  );
}

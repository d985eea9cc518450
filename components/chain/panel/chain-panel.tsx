"use client";

import type { ReactNode } from "react";
import type { RootCause } from "@/lib/chain/answers.ts";
import type { NodeKey } from "@/lib/chain/model.ts";
import type { ChainView, ItemKey } from "@/lib/graph/model.ts";
import { isNodeKey } from "../page-fragment.ts";
import { BundlePanel } from "./bundle-panel.tsx";
import { NodePanel } from "./node-panel.tsx";

/** Ids of the receipts whose chains are compared; empty where none is chosen. */
export interface Sides {
  readonly left: string;
  readonly right: string;
}

export interface ChainPanelProps {
  readonly revision: number;
  readonly view: ChainView | null;
  readonly focus: NodeKey;
  readonly selected: ItemKey | null;
  /** The way from the selected node to what began it; null until it is known. */
  readonly causes: RootCause | null;
  readonly sides: Sides;
  readonly onSelect: (key: ItemKey) => void;
  readonly onOpen: (key: ItemKey) => void;
  readonly onFocusChain: (key: NodeKey) => void;
  readonly onSide: (side: "left" | "right", id: string) => void;
}

/** What is known of the selected item, whatever it is. */
export function ChainPanel(props: ChainPanelProps): ReactNode {
  const { view, selected, focus } = props;
  if (selected === null) {
    return (
      <Note
        text="Nothing is selected. Press a step, or walk with the arrow keys."
        action="Select the step that is walked from"
        onAction={() => props.onSelect(focus)}
      />
    );
  }
  if (isNodeKey(selected)) return <NodePanel key={selected} {...props} node={selected} />;
  const item = view?.items.find(({ key }) => key === selected);
  if (item?.kind === "fold" || item?.kind === "stub") {
    return <BundlePanel {...props} item={item} />;
  }
  return (
    <Note
      text="What was selected is drawn otherwise now."
      action="Select the step that is walked from"
      onAction={() => props.onSelect(focus)}
    />
  );
}

interface NoteProps {
  readonly text: string;
  readonly action: string;
  readonly onAction: () => void;
}

function Note({ text, action, onAction }: NoteProps): ReactNode {
  return (
    <div className="flex flex-col items-start gap-2 p-4">
      <p className="text-13 text-fact">{text}</p>
      <button
        type="button"
        onClick={onAction}
        className="min-h-6 cursor-pointer text-13 text-accent underline underline-offset-2"
      >
        {action}
      </button>
    </div>
  );
}

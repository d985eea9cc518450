import type { ReactNode } from "react";
import type { Boundary, NodeFacts } from "@/lib/chain/model.ts";
import type { ViewItem } from "@/lib/graph/model.ts";

/** Outlines of 20 by 16, as the picture draws its nodes. */
const OUTLINES: Readonly<Record<Boundary, string>> = {
  produce: "M2 2 H12.5 L18 8 L12.5 14 H2 Z",
  consume: "M2 2 H18 V14 H2 L6 8 Z",
  tool: "M5 2 H15 A3 3 0 0 1 18 5 V11 A3 3 0 0 1 15 14 H5 A3 3 0 0 1 2 11 V5 A3 3 0 0 1 5 2 Z",
  checkpoint: "M10 1.5 L18 8 L10 14.5 L2 8 Z",
  other: "M10 2 A6 6 0 1 1 9.99 2 Z",
};

/** The kind of a step by its shape: neutral, teal or violet ink, never one of the verdict's. */
const INKS: Readonly<Record<Boundary, string>> = {
  produce: "text-series-2",
  consume: "text-unchecked",
  tool: "text-series-3",
  checkpoint: "text-unchecked",
  other: "text-unchecked",
};

export function BoundaryIcon({ boundary }: { readonly boundary: Boundary }): ReactNode {
  return <Shape outline={OUTLINES[boundary]} ink={INKS[boundary]} />;
}

/** A parent that is named and not loaded: an outline of dashes. */
export function MissingIcon(): ReactNode {
  return <Shape outline={OUTLINES.other} ink="text-unchecked" dashes="2.2 2" />;
}

/** The icon of a node: its kind, or that it is not loaded. */
export function NodeIcon({ facts }: { readonly facts: NodeFacts }): ReactNode {
  return facts.row === null ? <MissingIcon /> : <BoundaryIcon boundary={facts.boundary} />;
}

export function ItemIcon({ item }: { readonly item: ViewItem }): ReactNode {
  switch (item.kind) {
    case "receipt":
    case "missing":
      return <NodeIcon facts={item.facts} />;
    case "fold":
      return (
        <svg width={20} height={16} viewBox="0 0 20 16" className="shrink-0" aria-hidden>
          <path
            d="M4 5 H15 V13 H4 Z M6 3 H17 V11"
            fill="none"
            stroke="currentColor"
            strokeWidth={1.5}
          />
        </svg>
      );
    case "stub":
      return (
        <svg width={20} height={16} viewBox="0 0 20 16" className="shrink-0" aria-hidden>
          <path
            d="M5 8 h.01 M10 8 h.01 M15 8 h.01"
            stroke="currentColor"
            strokeWidth={2.4}
            strokeLinecap="round"
          />
        </svg>
      );
  }
}

interface ShapeProps {
  readonly outline: string;
  readonly ink: string;
  readonly dashes?: string;
}

function Shape({ outline, ink, dashes }: ShapeProps): ReactNode {
  return (
    <svg width={20} height={16} viewBox="0 0 20 16" className={`shrink-0 ${ink}`} aria-hidden>
      <path
        d={outline}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
        strokeLinejoin="round"
        strokeDasharray={dashes}
      />
    </svg>
  );
}

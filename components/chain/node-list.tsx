import type { ReactNode } from "react";
import type { NodeFacts, NodeKey } from "@/lib/chain/model.ts";
import { NodeLine } from "./node-line.tsx";

interface NodeListProps {
  readonly label: string;
  readonly steps: readonly NodeFacts[];
  /** Said under a list that is cut. */
  readonly more?: string;
  readonly onSelect: (key: NodeKey) => void;
}

/** Steps, each of which can be selected. */
export function NodeList({ label, steps, more, onSelect }: NodeListProps): ReactNode {
  return (
    <>
      <ul aria-label={label} className="flex flex-col">
        {steps.map((facts) => (
          <li key={facts.key}>
            <NodeButton facts={facts} onSelect={onSelect} />
          </li>
        ))}
      </ul>
      {more !== undefined && more !== "" && <p className="pt-1 text-12 text-muted">{more}</p>}
    </>
  );
}

interface NodeButtonProps {
  readonly facts: NodeFacts;
  readonly onSelect: (key: NodeKey) => void;
  readonly children?: ReactNode;
}

/** A step as a button over the whole line. */
export function NodeButton({ facts, onSelect, children }: NodeButtonProps): ReactNode {
  return (
    <button
      type="button"
      onClick={() => onSelect(facts.key)}
      className="flex min-h-7 w-full cursor-pointer items-center gap-2 rounded-control px-1 py-0.5 text-left text-12 hover:bg-sunken pointer-coarse:min-h-11"
    >
      <NodeLine facts={facts} />
      {children}
    </button>
  );
}

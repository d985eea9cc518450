import type { ReactNode } from "react";
import type { Strength } from "@/lib/chain/model.ts";
import { STRENGTH_MEANINGS, STRENGTH_WORDS, sourceWords } from "@/lib/display/chain-words.ts";
import { formatCount, joinWords } from "@/lib/display/numbers.ts";
import type { NeighbourList } from "@/lib/graph/questions.ts";
import { NodeButton } from "../node-list.tsx";
import { PanelSection } from "./panel-section.tsx";

/** Neighbours that are listed; the table has all of them. */
const LISTED = 20;

interface LinkListProps {
  readonly title: string;
  /** Said where there is no link. */
  readonly none: string;
  readonly list: NeighbourList;
  readonly onSelect: (key: string) => void;
}

/** Links to one side, each with what stands behind it. */
export function LinkList({ title, none, list, onSelect }: LinkListProps): ReactNode {
  const listed = list.links.slice(0, LISTED);
  const more = list.total - listed.length;
  return (
    <PanelSection title={title} note={formatCount(list.total)}>
      {listed.length === 0 && <p className="text-12 text-muted">{none}</p>}
      <ul className="flex flex-col">
        {listed.map(({ facts, strength, sources }) => (
          <li key={facts.key}>
            <NodeButton facts={facts} onSelect={onSelect} />
            <p className="flex items-center gap-2 pb-1 pl-8 text-11 text-muted">
              <StrengthMark strength={strength} />
              <span title={STRENGTH_MEANINGS[strength]}>
                {STRENGTH_WORDS[strength]}, from {joinWords(sources.map(sourceWords))}
              </span>
            </p>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <p className="pt-1 text-12 text-muted">and {formatCount(more)} more, in the table</p>
      )}
    </PanelSection>
  );
}

const STROKES: Readonly<Record<Strength, { readonly width: number; readonly dashes?: string }>> = {
  verified: { width: 2 },
  observed: { width: 1 },
  asserted: { width: 1, dashes: "3 2" },
};

/** The stroke with which the picture draws such a link. */
function StrengthMark({ strength }: { readonly strength: Strength }): ReactNode {
  const { width, dashes } = STROKES[strength];
  return (
    <svg width={20} height={6} viewBox="0 0 20 6" className="shrink-0 text-fact" aria-hidden>
      <path d="M0 3 H20" stroke="currentColor" strokeWidth={width} strokeDasharray={dashes} />
    </svg>
  );
}

import { type ReactNode, useMemo } from "react";
import type { RootCause } from "@/lib/chain/answers.ts";
import { plural } from "@/lib/display/numbers.ts";
import { NodeButton } from "../node-list.tsx";
import { PanelSection } from "./panel-section.tsx";
import { pathIndents } from "./path-indents.ts";

/** Deeper branches keep this indentation. */
const MOST_INDENTED = 8;
const STEP = 14;

interface PathListProps {
  readonly causes: RootCause;
  readonly onSelect: (key: string) => void;
}

/** From the step to what began it: every branch of every join, each step once. */
export function PathList({ causes, onSelect }: PathListProps): ReactNode {
  const { lines, roots, isCut } = causes;
  const indents = useMemo(() => pathIndents(lines), [lines]);
  return (
    <PanelSection
      title="Path to the root cause"
      note={
        roots > 1
          ? `${plural(roots, "beginning")}, every branch`
          : plural(lines.filter(({ repeated }) => !repeated).length, "step")
      }
    >
      <ol className="flex max-h-[420px] flex-col overflow-y-auto">
        {lines.map((line, at) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a path is its order; lines never move.
            key={at}
            style={{ paddingLeft: Math.min(indents[at] ?? 0, MOST_INDENTED) * STEP }}
          >
            <NodeButton facts={line.facts} onSelect={onSelect}>
              {line.repeated && <span className="shrink-0 text-11 text-muted">already shown</span>}
            </NodeButton>
          </li>
        ))}
      </ol>
      {isCut && (
        <p className="pt-1 text-12 text-muted">
          The first {lines.length} lines. Walk to the root cause for all of it.
        </p>
      )}
    </PanelSection>
  );
}

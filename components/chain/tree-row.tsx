// biome-ignore-all lint/a11y/useFocusableInteractive: the tree has the focus and names its active row.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the tree handles the keys of its rows.

import { ChevronDown, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { anomalyWords, BOUNDARY_WORDS, stepWords } from "@/lib/display/chain-words.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { clip, shortId } from "@/lib/graph/item-words.ts";
import type { ViewItem } from "@/lib/graph/model.ts";
import type { TreeNode } from "@/lib/graph/tree.ts";
import { ItemIcon } from "./boundary-icon.tsx";
import { NodeMarks } from "./node-line.tsx";

/** Deeper rows keep this indentation: their level is told beside them. */
const INDENTED = 14;
const STEP = 16;
const LONGEST = 120;

interface TreeRowProps {
  readonly id: string;
  readonly row: TreeNode;
  readonly top: number;
  readonly height: number;
  readonly isCollapsed: boolean;
  readonly isSelected: boolean;
  readonly isActive: boolean;
  readonly onPress: () => void;
  readonly onEnter: () => void;
  readonly onToggle: () => void;
}

export function TreeRow(props: TreeRowProps): ReactNode {
  const { row, isCollapsed, isSelected, isActive } = props;
  const Chevron = isCollapsed ? ChevronRight : ChevronDown;
  const indent = Math.min(row.level - 1, INDENTED) * STEP;
  return (
    <div
      id={props.id}
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={row.hasChildren ? !isCollapsed : undefined}
      aria-selected={isSelected}
      onClick={props.onPress}
      onDoubleClick={props.onEnter}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
      className={`absolute inset-x-0 top-0 flex cursor-default items-center gap-2 border-hair border-b px-3 text-12 ${
        isSelected
          ? "bg-selected before:absolute before:inset-y-0 before:left-0 before:w-[2px] before:bg-accent"
          : "hover:bg-bg"
      } ${isActive ? "group-focus-visible/tree:outline-2 group-focus-visible/tree:outline-ring group-focus-visible/tree:-outline-offset-2 forced-colors:outline-2" : ""}`}
    >
      <span aria-hidden="true" className="shrink-0" style={{ width: indent }} />
      <span
        aria-hidden="true"
        className="grid size-5 shrink-0 place-items-center text-muted"
        onClick={(event) => {
          if (!row.hasChildren) return;
          event.stopPropagation();
          props.onToggle();
        }}
      >
        {row.hasChildren && <Chevron size={14} />}
      </span>
      {row.level - 1 > INDENTED && (
        <span aria-hidden="true" className="shrink-0 text-11 text-muted tabular-nums">
          {row.level - 1}
        </span>
      )}
      <ItemIcon item={row.item} />
      <RowWords row={row} />
    </div>
  );
}

function RowWords({ row }: { readonly row: TreeNode }): ReactNode {
  const { item } = row;
  switch (item.kind) {
    case "receipt":
    case "missing": {
      const { name, kind } = stepWords(item.facts);
      return (
        <>
          <span className="min-w-0 truncate">
            <bdi className="font-medium text-ink">{visibleText(clip(name, LONGEST))}</bdi>{" "}
            <span className="text-muted">{kind}</span>
          </span>
          {row.repeated ? (
            <span className="shrink-0 text-muted">
              {row.closesCycle ? "leads back: already shown above" : "already shown above"}
            </span>
          ) : (
            <NodeMarks facts={item.facts} />
          )}
          {item.kind === "missing" && (
            <span className="shrink-0 text-muted">named by {plural(item.namedBy, "receipt")}</span>
          )}
          <span className="ml-auto flex min-w-0 shrink-[3] items-center gap-3 pl-2 text-muted max-sm:hidden">
            <bdi className="min-w-0 truncate">{visibleText(clip(item.facts.service, 60))}</bdi>
            {item.facts.row !== null && (
              <bdi className="shrink-0 font-mono text-11">{shortId(item.facts.id)}</bdi>
            )}
          </span>
        </>
      );
    }
    case "fold":
      return (
        <Bundle
          item={item}
          words={`× ${formatCount(item.count)} ${clip(item.label, LONGEST)}`}
          kind={`${BOUNDARY_WORDS[item.boundary]}, folded`}
        />
      );
    case "stub":
      return (
        <Bundle
          item={item}
          words={plural(item.count, item.side === "children" ? "more consequence" : "more cause")}
          kind="not drawn"
        />
      );
  }
}

interface BundleProps {
  readonly item: Extract<ViewItem, { readonly beneath: unknown }>;
  readonly words: string;
  readonly kind: string;
}

/** Something that stands for several: how many, and what would hide in it. */
function Bundle({ item, words, kind }: BundleProps): ReactNode {
  const anomalies = anomalyWords(item.beneath);
  return (
    <>
      <span className="min-w-0 truncate">
        <bdi className="font-medium text-ink">{visibleText(words)}</bdi>{" "}
        <span className="text-muted">{kind}</span>
      </span>
      {anomalies.length > 0 && (
        <span className="min-w-0 truncate font-medium text-fact">{anomalies.join(", ")}</span>
      )}
      <span className="ml-auto shrink-0 text-muted max-sm:hidden">Enter opens</span>
    </>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { DecisionMark, DecisionPill } from "@/components/seal/marks.tsx";
import { StatusIcon } from "@/components/seal/status-icon.tsx";
import { Button } from "@/components/ui/button.tsx";
import { BOUNDARY_WORDS, beneathWords, shortName, spanWords } from "@/lib/display/chain-words.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import { clip, shortId } from "@/lib/graph/item-words.ts";
import type { FoldItem, StubItem } from "@/lib/graph/model.ts";
import { receiptPage } from "@/lib/queries/receipts.ts";
import { rowKey } from "../page-fragment.ts";
import type { ChainPanelProps } from "./chain-panel.tsx";
import { FactList } from "./fact-list.tsx";
import { PanelSection } from "./panel-section.tsx";

/** Rows of a fold that are listed. */
const LISTED = 50;

interface BundlePanelProps extends ChainPanelProps {
  readonly item: FoldItem | StubItem;
}

/** Several steps drawn as one, or not drawn: how many, and what would hide in them. */
export function BundlePanel(props: BundlePanelProps): ReactNode {
  const { item, onOpen } = props;
  return (
    <div className="flex flex-col gap-3 p-4">
      {item.kind === "fold" ? <FoldHead item={item} /> : <StubHead {...props} item={item} />}
      <FactList facts={[{ label: "With all that follows", value: beneathWords(item.beneath) }]} />
      <Button className="self-start" onPress={() => onOpen(item.key)}>
        {item.kind === "fold" ? "Unfold" : "Open"}
      </Button>
      {item.kind === "fold" && (
        <FoldRows revision={props.revision} item={item} onSelect={props.onSelect} />
      )}
    </div>
  );
}

function FoldHead({ item }: { readonly item: FoldItem }): ReactNode {
  const { from, to } = item;
  return (
    <div>
      <DecisionPill decision={item.decision} />
      <h2 className="pt-2 font-semibold text-16 [overflow-wrap:anywhere]">
        × {formatCount(item.count)} <bdi>{visibleText(clip(item.label, 120))}</bdi>
      </h2>
      <p className="text-13 text-fact">
        {plural(item.count, "step")} alike ({BOUNDARY_WORDS[item.boundary]}), drawn as one: same
        cause, lane, name and decision.
        {from !== null && to !== null && ` They span ${spanWords(Math.max(to - from, 0))}.`}
      </p>
    </div>
  );
}

function StubHead({ item, view }: BundlePanelProps & { readonly item: StubItem }): ReactNode {
  const of = view?.items.find(({ key }) => key === item.of);
  const side = item.side === "children" ? "consequence" : "cause";
  return (
    <div>
      <h2 className="font-semibold text-16">{plural(item.count, side)} not drawn</h2>
      <p className="text-13 text-fact [overflow-wrap:anywhere]">
        {of === undefined ? "" : `Of ${visibleText(clip(shortName(of), 160))}. `}
        They lie beyond the depth, outside the cut or over what the picture holds.
      </p>
    </div>
  );
}

interface FoldRowsProps {
  readonly revision: number;
  readonly item: FoldItem;
  readonly onSelect: (key: string) => void;
}

function FoldRows({ revision, item, onSelect }: FoldRowsProps): ReactNode {
  const listed = item.rows.slice(0, LISTED);
  const { data } = useQuery(receiptPage(revision, listed));
  const more = item.count - listed.length;
  return (
    <PanelSection title="First of them" note={formatCount(listed.length)}>
      <ul className="flex flex-col">
        {(data ?? []).map((row) => (
          <li key={row.row}>
            <button
              type="button"
              onClick={() => onSelect(rowKey(row.row))}
              className="flex min-h-7 w-full cursor-pointer items-center gap-2 rounded-control px-1 text-left text-12 hover:bg-sunken pointer-coarse:min-h-11"
            >
              <StatusIcon status={row.status} size={14} labelled />
              <span className="tabular-nums">
                {row.timestamp === null ? "" : formatDateTime(row.timestamp)}
              </span>
              <DecisionMark decision={row.decision} />
              <bdi className="ml-auto font-mono text-11 text-muted">{shortId(row.id)}</bdi>
            </button>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <p className="pt-1 text-12 text-muted">and {formatCount(more)} more, in the table</p>
      )}
    </PanelSection>
  );
}

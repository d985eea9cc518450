"use client";

import { Rows3, Waypoints } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { receiptsAddress } from "@/components/receipts/page-fragment.ts";
import { Button } from "@/components/ui/button.tsx";
import { buttonStyle } from "@/components/ui/button-style.ts";
import type { NodeFacts } from "@/lib/chain/model.ts";
import type { ChainPanelProps } from "./chain-panel.tsx";

interface NodeActionsProps
  extends Pick<ChainPanelProps, "focus" | "sides" | "onFocusChain" | "onSide"> {
  readonly facts: NodeFacts;
}

/** Walk from it, read it, put it beside another. */
export function NodeActions(props: NodeActionsProps): ReactNode {
  const { facts, focus, sides, onFocusChain, onSide } = props;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      {facts.key !== focus && (
        <Button onPress={() => onFocusChain(facts.key)}>
          <Waypoints aria-hidden size={14} />
          Walk from here
        </Button>
      )}
      {facts.row !== null && (
        <Link href={receiptsAddress({}, facts.row)} className={buttonStyle("secondary")}>
          <Rows3 aria-hidden size={14} />
          Open in Receipts
        </Link>
      )}
      <span className="inline-flex items-center gap-1 text-12 text-muted">
        <span aria-hidden="true">Compare as</span>
        {(["left", "right"] as const).map((side) => (
          <Button
            key={side}
            variant="quiet"
            className="aria-pressed:bg-selected aria-pressed:text-ink"
            aria-label={`Compare as ${side}`}
            aria-pressed={sides[side] === facts.id}
            onPress={() => onSide(side, facts.id)}
          >
            {side}
          </Button>
        ))}
      </span>
    </div>
  );
}

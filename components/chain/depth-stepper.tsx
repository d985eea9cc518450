"use client";

import { Minus, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button.tsx";
import { depthWords } from "@/lib/display/chain-words.ts";

interface DepthStepperProps {
  readonly depth: number;
  readonly furthest: number;
  readonly onDepth: (depth: number) => void;
}

/** Hops from the node that is walked from: fewer, more, and how far it could go. */
export function DepthStepper({ depth, furthest, onDepth }: DepthStepperProps): ReactNode {
  return (
    <fieldset className="inline-flex h-[30px] shrink-0 items-center rounded-control border border-border bg-surface max-sm:h-11">
      <legend className="sr-only">Depth</legend>
      <Button
        variant="icon"
        aria-label="One hop less"
        aria-keyshortcuts="["
        isDisabled={depth <= 1}
        onPress={() => onDepth(depth - 1)}
      >
        <Minus aria-hidden size={14} />
      </Button>
      <span role="status" className="min-w-[92px] px-1 text-center text-13 tabular-nums">
        {depthWords(depth, furthest)}
      </span>
      <Button
        variant="icon"
        aria-label="One hop more"
        aria-keyshortcuts="]"
        isDisabled={depth >= furthest}
        onPress={() => onDepth(depth + 1)}
      >
        <Plus aria-hidden size={14} />
      </Button>
    </fieldset>
  );
}

"use client";

import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names.ts";
import { failingWords, missingWords, spanWords } from "@/lib/display/chain-words.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import type { ViewCounts } from "@/lib/graph/model.ts";
import type { ChainPageState } from "./page-fragment.ts";

interface ChainSummaryProps {
  readonly counts: ViewCounts;
  readonly onChange: (next: Partial<ChainPageState>, how: "push" | "replace") => void;
}

/** The walk in numbers, drawn or not; each leads to what made it. */
export function ChainSummary({ counts, onChange }: ChainSummaryProps): ReactNode {
  const { beneath, services, from, to } = counts;
  const table = (): void => onChange({ form: "table" }, "replace");
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-12">
      <Part onPress={table}>{plural(beneath.receipts, "receipt")}</Part>
      <Part onPress={() => onChange({ cut: "across-services" }, "push")}>
        {plural(services, "service")}
      </Part>
      {from !== null && to !== null && (
        <span className="text-fact">{spanWords(Math.max(to - from, 0))}</span>
      )}
      {beneath.denied > 0 && (
        <Part ink="text-denied" onPress={() => onChange({ cut: "denied" }, "push")}>
          {formatCount(beneath.denied)} denied
        </Part>
      )}
      {beneath.failing > 0 && (
        <Part ink="text-fails" onPress={() => onChange({ cut: "unverified" }, "push")}>
          {failingWords(beneath.failing)}
        </Part>
      )}
      {beneath.unverified > 0 && (
        <Part onPress={() => onChange({ cut: "unverified" }, "push")}>
          {formatCount(beneath.unverified)} not verified
        </Part>
      )}
      {beneath.missing > 0 && <Part onPress={table}>{missingWords(beneath.missing)}</Part>}
    </p>
  );
}

interface PartProps {
  readonly ink?: string;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function Part({ ink = "text-fact", onPress, children }: PartProps): ReactNode {
  return (
    <button
      type="button"
      onClick={onPress}
      className={classNames(
        "min-h-6 cursor-pointer rounded-control font-medium underline decoration-strong underline-offset-2 hover:decoration-current pointer-coarse:min-h-11",
        ink,
      )}
    >
      {children}
    </button>
  );
}

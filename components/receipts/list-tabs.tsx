import type { ReactNode } from "react";
import { formatCount } from "@/lib/display/numbers.ts";

interface ListTabsProps {
  readonly receipts: number;
  readonly rejects: number;
  readonly shown: "receipts" | "rejects";
  readonly onShow: (list: "receipts" | "rejects") => void;
}

/** Switches between the receipts and the rows that were not understood. */
export function ListTabs({ receipts, rejects, shown, onShow }: ListTabsProps): ReactNode {
  const lists = [
    ["receipts", `Receipts (${formatCount(receipts)})`],
    ["rejects", `Not understood (${formatCount(rejects)})`],
  ] as const;
  return (
    <div className="flex gap-4">
      {lists.map(([list, words]) => (
        <button
          key={list}
          type="button"
          aria-pressed={shown === list}
          onClick={() => onShow(list)}
          className={`h-8 cursor-pointer border-b-2 text-12 ${
            shown === list
              ? "border-accent font-semibold text-ink forced-colors:border-[Highlight]"
              : "border-transparent text-fact hover:text-ink forced-colors:border-[Canvas]"
          }`}
        >
          {words}
        </button>
      ))}
    </div>
  );
}

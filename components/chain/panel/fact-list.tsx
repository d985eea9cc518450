import type { ReactNode } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import { clip } from "@/lib/graph/item-words.ts";

/** Longer texts are cut here; Receipts shows all of them. */
const LONGEST = 300;

export interface PanelFact {
  readonly label: string;
  readonly value: string;
  readonly mono?: boolean;
}

/** Label and value; what is empty is left out. */
export function FactList({ facts }: { readonly facts: readonly PanelFact[] }): ReactNode {
  return (
    <dl className="grid grid-cols-[minmax(84px,auto)_minmax(0,1fr)] gap-x-4 text-12">
      {facts
        .filter(({ value }) => value !== "")
        .map(({ label, value, mono = false }) => (
          <div key={label} className="col-span-2 grid grid-cols-subgrid border-hair border-b py-1">
            <dt className="text-muted">{label}</dt>
            <dd className="group flex min-w-0 items-start justify-end gap-1 text-right">
              {mono && (
                <span className="-my-1 opacity-0 focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
                  <CopyButton text={value} label={`Copy ${label}`} />
                </span>
              )}
              <bdi
                className={`min-w-0 text-ink [overflow-wrap:anywhere] ${mono ? "font-mono" : ""}`}
              >
                {visibleText(clip(value, LONGEST))}
              </bdi>
            </dd>
          </div>
        ))}
    </dl>
  );
}

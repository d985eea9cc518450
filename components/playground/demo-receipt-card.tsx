"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button.tsx";
import { asText, member } from "@/kernel/json/value.ts";
import { shortHash } from "@/lib/display/hash.ts";
import { DemoTag } from "./demo-tag.tsx";
import { useDesk } from "./use-desk.ts";

/** The receipt of the verdict at the right: dashed and hatched, because nobody vouches for it. */
export function DemoReceiptCard({ onOpen }: { readonly onOpen: () => void }): ReactNode {
  const outcome = useDesk((state) => state.outcome);
  if (outcome?.kind !== "judged") return null;
  const { receipt, denial } = outcome;
  const key = asText(member(receipt, "kernel_key")) ?? "";
  return (
    <section
      aria-label="Receipt made here"
      className="flex rounded-card border border-strong border-dashed"
    >
      <span aria-hidden="true" className="hatch-demo keeps-colour w-3 shrink-0 rounded-l-card" />
      <div className="min-w-0 flex-1 px-3 py-2">
        <div className="flex items-center gap-2">
          <h3 className="font-semibold text-13">Receipt made here</h3>
          <DemoTag />
          <Button variant="link" className="ml-auto" onPress={onOpen}>
            Open
          </Button>
        </div>
        <dl className="grid grid-cols-[minmax(80px,auto)_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-12">
          <dt className="text-muted">Signed by</dt>
          <dd>
            throw-away key <span className="font-mono">{shortHash(key)}</span>
          </dd>
          <dt className="text-muted">Decision</dt>
          <dd>
            {denial === null ? (
              "allow"
            ) : (
              <>
                deny, guard <bdi className="font-mono">{denial.guard}</bdi>
              </>
            )}
          </dd>
          <dt className="text-muted">Integrity</dt>
          <dd>demo, not evidence</dd>
        </dl>
      </div>
    </section>
  );
}

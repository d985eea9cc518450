import type { ReactNode } from "react";
import { StatusIcon, UnknownIcon } from "@/components/seal/status-icon.tsx";
import type { Evidence } from "@/lib/denials/model.ts";
import { EVIDENCE_WORDS } from "@/lib/display/evidence-words.ts";

interface EvidenceIconProps {
  readonly evidence: Evidence;
  readonly size: number;
  /** Where the word stands beside it. */
  readonly silent?: boolean;
}

/** What a denial is worth, as its shape: a receipt's seal, or a question mark for a claim. */
export function EvidenceIcon({ evidence, size, silent = false }: EvidenceIconProps): ReactNode {
  if (evidence !== "claim") {
    return <StatusIcon status={evidence} size={size} labelled={!silent} />;
  }
  return (
    <span className="inline-flex text-unchecked">
      <UnknownIcon size={size} />
      {!silent && <span className="sr-only">{EVIDENCE_WORDS.claim}</span>}
    </span>
  );
}

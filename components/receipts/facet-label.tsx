import type { ReactNode } from "react";
import { StatusIcon } from "@/components/seal/status-icon.tsx";
import type { FacetName } from "@/lib/queries/model.ts";
import { integrityOf } from "./narrow.ts";

interface FacetLabelProps {
  readonly name: FacetName;
  readonly value: string;
  readonly words: string;
  readonly struck: boolean;
}

/** The words of a facet's value; a state of integrity has its shape before them. */
export function FacetLabel({ name, value, words, struck }: FacetLabelProps): ReactNode {
  const status = name === "integrity" ? integrityOf(value) : undefined;
  return (
    <>
      {status !== undefined && <StatusIcon status={status} size={14} />}
      <bdi className={`truncate ${struck ? "text-muted line-through" : "text-fact"}`}>{words}</bdi>
    </>
  );
}

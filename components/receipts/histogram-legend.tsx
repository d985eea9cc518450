import type { ReactNode } from "react";
import { StatusIcon } from "@/components/seal/status-icon.tsx";
import { binWords } from "@/components/time/time-scale.ts";
import type { Histogram } from "@/lib/queries/model.ts";
import { absenceWords } from "./histogram-words.ts";

/** What the marks mean, and how much time a bar stands for. */
export function HistogramLegend({ histogram }: { readonly histogram: Histogram }): ReactNode {
  const absent = absenceWords(histogram.absences);
  const cut = histogram.bins.some((bin) => bin.doesNotVerify > 0);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 pt-1 text-11 text-fact">
      <Entry swatch="bg-allowed-bar" words="Allowed" />
      <Entry swatch="bg-denied-bar" words="Denied" />
      <Entry swatch="bg-unchecked" words="Cancelled, incomplete" />
      {cut && (
        <span className="inline-flex items-center gap-1.5">
          <StatusIcon status="does-not-verify" size={12} />
          Does not verify
        </span>
      )}
      {absent !== null && (
        <Entry swatch="hatch-fails border border-dashed border-fails" words={absent} />
      )}
      <span className="ml-auto text-muted">{binWords(histogram.binSeconds)}</span>
    </div>
  );
}

function Entry({ swatch, words }: { readonly swatch: string; readonly words: string }): ReactNode {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden="true" className={`keeps-colour size-[9px] ${swatch}`} />
      {words}
    </span>
  );
}

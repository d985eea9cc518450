import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { formatCount } from "@/lib/display/numbers.ts";
import type { DenialHistogram } from "@/lib/queries/denial-model.ts";
import { LogText } from "../log-text.tsx";
import { binsLegend } from "./chart-words.ts";
import { SERIES_GROUND } from "./series.ts";
import { OTHER_SERIES } from "./stack.ts";

interface ChartLegendProps {
  readonly histogram: DenialHistogram;
  /** Guards that the filter keeps. */
  readonly chosen: readonly string[];
  readonly onChoose: (guard: string) => void;
}

/** The guards with their counts, each a filter; and how much time a bar stands for. */
export function ChartLegend({ histogram, chosen, onChoose }: ChartLegendProps): ReactNode {
  const { other } = histogram;
  return (
    <div className="flex flex-wrap items-center gap-x-1 gap-y-0.5 pt-0.5 text-12">
      {histogram.guards.map(({ guard, denials }, at) => {
        const kept = chosen.includes(guard);
        return (
          <button
            key={guard}
            type="button"
            aria-pressed={kept}
            onClick={() => onChoose(guard)}
            className={`-ml-1.5 mr-2 inline-flex h-6 max-w-[260px] cursor-pointer items-center gap-2 rounded-control px-1.5 text-fact hover:bg-sunken pointer-coarse:h-11 ${kept ? "bg-selected" : ""}`}
          >
            <Swatch series={at + 1} />
            {kept && <Check aria-hidden size={13} className="-ml-1 shrink-0 text-accent" />}
            <LogText text={guard} none="(no guard)" className="truncate" />
            <span className="font-semibold text-ink tabular-nums">{formatCount(denials)}</span>
          </button>
        );
      })}
      {other.guards > 0 && (
        <span className="inline-flex h-6 items-center gap-2 text-fact">
          <Swatch series={OTHER_SERIES} />
          {other.guards === 1 ? "one other guard" : `other ${formatCount(other.guards)} guards`}
          <span className="font-semibold text-ink tabular-nums">{formatCount(other.denials)}</span>
        </span>
      )}
      <span className="ml-auto text-muted">{binsLegend(histogram)}</span>
    </div>
  );
}

/** The ground of a series. */
export function Swatch({ series }: { readonly series: number }): ReactNode {
  return (
    <span
      aria-hidden="true"
      className={`keeps-colour size-[9px] shrink-0 rounded-[1px] ${SERIES_GROUND[series] ?? ""}`}
    />
  );
}

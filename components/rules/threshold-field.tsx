import { type ReactNode, useId } from "react";
import { plural } from "@/lib/display/numbers.ts";
import type { Rule, RulePreview } from "@/lib/rules/model.ts";
import { fieldStyle } from "./field-style.ts";
import { measureWords, shareWords, timesWords } from "./rule-words.ts";
import { curvePoints, nearestStop, thresholdStops } from "./threshold-scale.ts";

interface ThresholdFieldProps {
  readonly rule: Rule;
  /** The last answer; null while there is none. */
  readonly preview: RulePreview | null;
  readonly onChange: (threshold: number) => void;
}

const MOST = 1_000_000_000;
/** Half of the thumb: a browser keeps it inside the track, so the axis ends that far from both ends. */
const THUMB = 8;
const HEIGHT = 44;

/** When the rule fires: as a number, and as a slider over the curve of how often it would have. */
export function ThresholdField({ rule, preview, onChange }: ThresholdFieldProps): ReactNode {
  const ids = { number: useId(), slider: useId() };
  const isShare = rule.measure.kind === "ratio";
  const curve = preview?.curve ?? [];
  const stops = thresholdStops(rule.measure, preview?.peak ?? 0);
  const at = nearestStop(stops, rule.threshold);
  const points = curvePoints(stops, curve);
  const set = (threshold: number) => {
    const least = isShare ? 0.001 : 1;
    const most = isShare ? 1 : MOST;
    if (threshold >= least && threshold <= most)
      onChange(isShare ? threshold : Math.round(threshold));
  };
  return (
    <div className="flex flex-col gap-1">
      <span className="flex flex-wrap items-center gap-2">
        <label htmlFor={ids.number} className="sr-only">
          Threshold{isShare ? ", in percent" : ""}
        </label>
        <input
          id={ids.number}
          type="number"
          min={isShare ? 0.1 : 1}
          max={isShare ? 100 : MOST}
          step={isShare ? "any" : 1}
          value={isShare ? Math.round(rule.threshold * 1000) / 10 : rule.threshold}
          onChange={({ target }) =>
            set(isShare ? target.valueAsNumber / 100 : target.valueAsNumber)
          }
          className={fieldStyle("w-20 tabular-nums")}
        />
        <span className="text-13 text-fact">
          {isShare ? "% or more denied" : "or more fire it"}
          {preview === null || preview.peak === 0
            ? ""
            : `. Most in any window: ${measureWords(rule.measure, preview.peak)}`}
        </span>
      </span>
      <label htmlFor={ids.slider} className="sr-only">
        Threshold, by sliding
      </label>
      <input
        id={ids.slider}
        type="range"
        min={0}
        max={stops.length - 1}
        step={1}
        value={at}
        aria-valuetext={stopWords(isShare, stops[at] ?? 0, curve)}
        onChange={({ target }) => set(stops[target.valueAsNumber] ?? rule.threshold)}
        className="m-0 h-6 w-full cursor-pointer accent-ink"
      />
      {points.length === 0 ? null : (
        <figure style={{ paddingInline: THUMB }}>
          <svg
            viewBox={`0 0 100 ${HEIGHT}`}
            preserveAspectRatio="none"
            width="100%"
            height={HEIGHT}
            aria-hidden="true"
            className="block overflow-visible"
          >
            <path
              d={`${steps(points)} V ${HEIGHT} H 0 Z`}
              className="fill-denied-tint stroke-denied-bar"
              vectorEffect="non-scaling-stroke"
              strokeWidth={1.5}
            />
            <path
              d={`M ${place(at, stops)} -2 V ${HEIGHT}`}
              className="stroke-ink"
              vectorEffect="non-scaling-stroke"
              strokeWidth={1.5}
            />
          </svg>
          <figcaption className="flex flex-wrap justify-between gap-x-3 pt-1 text-11 text-muted">
            <span>{endWords(isShare, stops[0] ?? 0, curve)}</span>
            <span className="text-fact">{endWords(isShare, rule.threshold, curve)}</span>
            <span>{endWords(isShare, stops.at(-1) ?? 0, curve)}</span>
          </figcaption>
        </figure>
      )}
    </div>
  );
}

function place(at: number, stops: readonly number[]): number {
  return (at / Math.max(stops.length - 1, 1)) * 100;
}

/** A line that holds each value until the next threshold: between two of them nothing was asked. */
function steps(points: readonly { readonly x: number; readonly y: number }[]): string {
  const height = (y: number) => HEIGHT - y * (HEIGHT - 2);
  return points
    .map(({ x, y }, index) =>
      index === 0 ? `M 0 ${HEIGHT} V ${height(y)} H ${x * 100}` : `V ${height(y)} H ${x * 100}`,
    )
    .join(" ");
}

function stopWords(isShare: boolean, stop: number, curve: RulePreview["curve"]): string {
  const known = curve.find(({ threshold }) => threshold === stop);
  const words = isShare ? shareWords(stop) : String(stop);
  return known === undefined ? words : `${words}, would have fired ${timesWords(known.fired)}`;
}

function endWords(isShare: boolean, stop: number, curve: RulePreview["curve"]): string {
  const known = curve.find(({ threshold }) => threshold === stop);
  const words = isShare ? shareWords(stop) : String(stop);
  return known === undefined ? `at ${words}` : `at ${words}: ${plural(known.fired, "firing")}`;
}

import { type ReactNode, useId } from "react";
import { EVENT_FIELDS } from "@/lib/denials/model.ts";
import type { Rule, RuleMeasure } from "@/lib/rules/model.ts";
import { fieldStyle } from "./field-style.ts";
import { FIELD_WORDS, MEASURE_WORDS } from "./rule-words.ts";

interface MeasureFieldProps {
  readonly rule: Rule;
  readonly onChange: (change: Partial<Rule>) => void;
}

const KINDS: readonly RuleMeasure["kind"][] = ["count", "distinct", "ratio"];
const USUAL_MINIMUM = 20;
const MOST_MINIMUM = 1_000_000;

/** What is measured in a window: how many, how many different, or what share. */
export function MeasureField({ rule, onChange }: MeasureFieldProps): ReactNode {
  const { measure } = rule;
  const ids = { kind: useId(), detail: useId() };
  const choose = (kind: string) => {
    const next = KINDS.find((each) => each === kind) ?? "count";
    onChange({ measure: measureOf(next), threshold: thresholdFor(next, rule) });
  };
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <label htmlFor={ids.kind} className="sr-only">
        Measure
      </label>
      <select
        id={ids.kind}
        value={measure.kind}
        onChange={(event) => choose(event.target.value)}
        className={fieldStyle()}
      >
        {KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {MEASURE_WORDS[kind]}
          </option>
        ))}
      </select>
      {measure.kind === "distinct" ? (
        <>
          <label htmlFor={ids.detail} className="text-13 text-fact">
            of
          </label>
          <select
            id={ids.detail}
            value={measure.field}
            onChange={({ target }) =>
              onChange({
                measure: {
                  kind: "distinct",
                  field: EVENT_FIELDS.find((each) => each === target.value) ?? "scope",
                },
              })
            }
            className={fieldStyle()}
          >
            {EVENT_FIELDS.map((field) => (
              <option key={field} value={field}>
                {FIELD_WORDS[field].many}
              </option>
            ))}
          </select>
        </>
      ) : null}
      {measure.kind === "ratio" ? (
        <>
          <label htmlFor={ids.detail} className="text-13 text-fact">
            of at least
          </label>
          <input
            id={ids.detail}
            type="number"
            min={1}
            max={MOST_MINIMUM}
            value={measure.minimum}
            onChange={({ target }) => {
              const minimum = Math.round(target.valueAsNumber);
              if (minimum >= 1 && minimum <= MOST_MINIMUM) {
                onChange({ measure: { kind: "ratio", minimum } });
              }
            }}
            className={fieldStyle("w-20 tabular-nums")}
          />
          <span className="text-13 text-fact">decisions</span>
        </>
      ) : null}
    </div>
  );
}

function measureOf(kind: RuleMeasure["kind"]): RuleMeasure {
  switch (kind) {
    case "count":
      return { kind };
    case "distinct":
      return { kind, field: "scope" };
    case "ratio":
      return { kind, minimum: USUAL_MINIMUM };
  }
}

/** A share and a number do not mean the same: the threshold of the other kind is not kept. */
function thresholdFor(kind: RuleMeasure["kind"], { measure, threshold }: Rule): number {
  if (kind === "ratio") return measure.kind === "ratio" ? threshold : 0.5;
  return measure.kind === "ratio" ? (kind === "distinct" ? 3 : 10) : threshold;
}

import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names.ts";
import { EVENT_FIELDS, type EventField } from "@/lib/denials/model.ts";
import { FIELD_WORDS } from "./rule-words.ts";

interface FieldsChoiceProps {
  readonly legend: string;
  readonly chosen: readonly EventField[];
  readonly onChange: (fields: readonly EventField[]) => void;
}

/** Any number of the facts of a denial, in a fixed order. */
export function FieldsChoice({ legend, chosen, onChange }: FieldsChoiceProps): ReactNode {
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">{legend}</legend>
      {EVENT_FIELDS.map((field) => {
        const isChosen = chosen.includes(field);
        return (
          <label
            key={field}
            className={classNames(
              "inline-flex h-7 cursor-pointer items-center gap-1.5 rounded-chip border px-2.5 text-12 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-ring max-sm:h-9",
              isChosen
                ? "border-ink bg-surface font-medium text-ink"
                : "border-border bg-surface text-fact hover:bg-sunken",
            )}
          >
            <input
              type="checkbox"
              checked={isChosen}
              onChange={() =>
                onChange(
                  EVENT_FIELDS.filter((each) =>
                    each === field ? !isChosen : chosen.includes(each),
                  ),
                )
              }
              className="size-3.5 accent-ink"
            />
            {FIELD_WORDS[field].one}
          </label>
        );
      })}
    </fieldset>
  );
}

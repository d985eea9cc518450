"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import type { EventField } from "@/lib/denials/model.ts";
import { plural } from "@/lib/display/numbers.ts";
import { ruleQuestion } from "@/lib/queries/rules.ts";
import { useSession } from "@/lib/queries/session.ts";
import { fieldStyle } from "./field-style.ts";

interface ValuesFieldProps {
  /** What the values belong to, for names of controls: `condition 1`. */
  readonly label: string;
  readonly field: EventField;
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}

const MOST_VALUES = 50;
const LONGEST = 2_000;

/** Texts to compare with, any of which is enough; loaded ones are proposed, most frequent first. */
export function ValuesField({ label, field, values, onChange }: ValuesFieldProps): ReactNode {
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState(false);
  const list = useId();
  const loaded = useSession(({ phase }) => phase === "done" || phase === "stopped");
  const revision = useSession((session) => session.revision);
  const known = useQuery({ ...ruleQuestion(revision, "values", field), enabled: loaded && asked });
  const add = (text: string) => {
    if (!values.includes(text) && values.length < MOST_VALUES) {
      onChange([...values, text.slice(0, LONGEST)]);
    }
    setTyped("");
  };
  return (
    <div className="flex min-w-[140px] flex-1 flex-col gap-1">
      {values.length === 0 ? null : (
        <ul aria-label={`Values of ${label}`} className="flex flex-wrap gap-1">
          {values.map((value) => (
            <li
              key={value}
              className="inline-flex min-h-6 max-w-full items-center gap-1 rounded-control border border-border bg-sunken pl-1.5 font-mono text-12"
            >
              <span className="min-w-0 [overflow-wrap:anywhere]">
                {value === "" ? "(none)" : visibleText(value)}
              </span>
              <button
                type="button"
                aria-label={`Remove ${value === "" ? "(none)" : visibleText(value)}`}
                onClick={() => onChange(values.filter((each) => each !== value))}
                className="inline-flex size-6 shrink-0 cursor-pointer items-center justify-center rounded-control text-fact hover:bg-facet"
              >
                <X aria-hidden size={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        aria-label={`Add a value to ${label}`}
        list={list}
        value={typed}
        spellCheck={false}
        autoComplete="off"
        placeholder={values.length === 0 ? "a value, then Enter" : "or another value"}
        onFocus={() => setAsked(true)}
        onChange={(event) => {
          const text = event.target.value;
          // A value that was picked from the list is taken at once; what is typed waits for Enter.
          const isPicked = !(
            "inputType" in event.nativeEvent && isTyped(event.nativeEvent.inputType)
          );
          if (isPicked && known.data?.some(({ value }) => value === text) === true) add(text);
          else setTyped(text);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && typed !== "") {
            event.preventDefault();
            add(typed);
          }
        }}
        onBlur={() => {
          if (typed !== "") add(typed);
        }}
        className={fieldStyle("w-full font-mono text-12")}
      />
      <datalist id={list}>
        {known.data
          ?.filter(({ value }) => value !== "" && !values.includes(value))
          .map(({ value, denials }) => (
            <option key={value} value={value}>
              {plural(denials, "denial")}
            </option>
          ))}
      </datalist>
    </div>
  );
}

function isTyped(inputType: unknown): boolean {
  return typeof inputType === "string" && inputType !== "insertReplacementText";
}

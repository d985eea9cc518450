"use client";

import { Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button.tsx";
import { EVENT_FIELDS } from "@/lib/denials/model.ts";
import { OPERATORS, type RuleCondition } from "@/lib/rules/model.ts";
import { fieldStyle } from "./field-style.ts";
import { FIELD_WORDS, OPERATOR_WORDS } from "./rule-words.ts";
import { ValuesField } from "./values-field.tsx";

interface ConditionsFieldProps {
  readonly conditions: readonly RuleCondition[];
  readonly onChange: (conditions: readonly RuleCondition[]) => void;
}

const NEW_CONDITION: RuleCondition = { field: "guard", operator: "is", values: [] };
const MOST_CONDITIONS = 20;

/** What a denial must be like to be counted: all conditions hold, each for one of its values. */
export function ConditionsField({ conditions, onChange }: ConditionsFieldProps): ReactNode {
  const put = (at: number, change: Partial<RuleCondition>) =>
    onChange(conditions.map((each, index) => (index === at ? { ...each, ...change } : each)));
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="sr-only">Conditions</legend>
      {conditions.length === 0 ? <p className="pt-1 text-13 text-fact">Every denial.</p> : null}
      {conditions.map((condition, at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place; all of it is edited.
          key={at}
          className="flex flex-wrap items-start gap-1.5"
        >
          <select
            aria-label={`Field of condition ${at + 1}`}
            value={condition.field}
            onChange={({ target }) =>
              put(at, { field: EVENT_FIELDS.find((each) => each === target.value) ?? "guard" })
            }
            className={fieldStyle("w-32")}
          >
            {EVENT_FIELDS.map((field) => (
              <option key={field} value={field}>
                {FIELD_WORDS[field].one}
              </option>
            ))}
          </select>
          <select
            aria-label={`Operator of condition ${at + 1}`}
            value={condition.operator}
            onChange={({ target }) =>
              put(at, { operator: OPERATORS.find((each) => each === target.value) ?? "is" })
            }
            className={fieldStyle("w-32")}
          >
            {OPERATORS.map((operator) => (
              <option key={operator} value={operator}>
                {OPERATOR_WORDS[operator]}
              </option>
            ))}
          </select>
          <ValuesField
            label={`condition ${at + 1}`}
            field={condition.field}
            values={condition.values}
            onChange={(values) => put(at, { values })}
          />
          <Button
            variant="icon"
            aria-label={`Remove condition ${at + 1}`}
            onPress={() => onChange(conditions.filter((_, index) => index !== at))}
          >
            <X aria-hidden size={14} />
          </Button>
        </div>
      ))}
      {conditions.length < MOST_CONDITIONS ? (
        <Button
          variant="quiet"
          className="self-start"
          onPress={() => onChange([...conditions, NEW_CONDITION])}
        >
          <Plus aria-hidden size={14} />
          Add a condition
        </Button>
      ) : null}
    </fieldset>
  );
}

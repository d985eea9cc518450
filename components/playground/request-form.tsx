"use client";

import { Plus, X } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Button } from "@/components/ui/button.tsx";
import { BOUNDARIES } from "@/kernel/evaluation/call.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { withMember, without } from "@/kernel/record-members.ts";
import { REQUEST_WIDTH } from "@/lib/playground/draft.ts";
import { layOutJson } from "@/lib/playground/json-layout.ts";

interface RequestFormProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** The names under which the request may carry each field; the first that is there is edited. */
const FIELDS = [
  { label: "Agent", names: ["agent_id", "agent"] },
  { label: "Server", names: ["server_id", "tool_server", "server"] },
  { label: "Tool", names: ["tool_name", "tool"] },
  { label: "Session", names: ["session_id"] },
] as const;
const ARGUMENTS = ["arguments", "parameters", "params"] as const;

const INPUT =
  "h-7 w-full min-w-0 rounded-control border border-strong bg-surface px-2 font-mono text-12 max-sm:h-10";

/** The same request as fields. What the form does not know stays in the JSON as it is. */
export function RequestForm({ text, onChange }: RequestFormProps): ReactNode {
  const parsed = parseJson(text);
  const request = parsed.ok ? parsed.value.value : null;
  if (!isObject(request)) {
    return (
      <p className="p-3.5 text-13 text-fact">
        The request is no JSON object, so it has no fields. Put it right as JSON first.
      </p>
    );
  }
  const change = (next: JsonObject) => onChange(layOutJson(next, REQUEST_WIDTH));
  const set = (names: readonly string[], value: JsonValue) =>
    change(withMember(request, spelled(request, names), value));
  return (
    <div className="flex flex-col gap-2 p-3.5">
      {FIELDS.map(({ label, names }) => (
        <TextField
          key={label}
          label={label}
          value={shown(member(request, spelled(request, names)))}
          onChange={(value) =>
            label === "Session" && value === ""
              ? change(without(request, ...names))
              : set(names, value)
          }
        />
      ))}
      <BoundaryField
        value={shown(member(request, "boundary"))}
        onChange={(value) =>
          value === "" ? change(without(request, "boundary")) : set(["boundary"], value)
        }
      />
      <ArgumentFields
        value={member(request, spelled(request, ARGUMENTS)) ?? {}}
        onChange={(value) => set(ARGUMENTS, value)}
      />
    </div>
  );
}

function spelled(request: JsonObject, names: readonly string[]): string {
  return names.find((name) => Object.hasOwn(request, name)) ?? names[0] ?? "";
}

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function TextField({ label, value, onChange }: TextFieldProps): ReactNode {
  const id = useId();
  return (
    <div className="grid grid-cols-[72px_minmax(0,1fr)] items-center gap-2 text-12">
      <label htmlFor={id} className="text-muted">
        {label}
      </label>
      <input
        id={id}
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        className={INPUT}
      />
    </div>
  );
}

function BoundaryField({ value, onChange }: Omit<TextFieldProps, "label">): ReactNode {
  const id = useId();
  return (
    <div className="grid grid-cols-[72px_minmax(0,1fr)] items-center gap-2 text-12">
      <label htmlFor={id} className="text-muted">
        Boundary
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={INPUT}
      >
        <option value="">as the tool’s name says</option>
        {BOUNDARIES.map((boundary) => (
          <option key={boundary} value={boundary}>
            {boundary}
          </option>
        ))}
      </select>
    </div>
  );
}

interface ArgumentFieldsProps {
  readonly value: JsonValue;
  readonly onChange: (value: JsonValue) => void;
}

/** One row for each argument: texts as they are, everything else as JSON. */
function ArgumentFields({ value, onChange }: ArgumentFieldsProps): ReactNode {
  if (!isObject(value)) {
    return <p className="text-12 text-muted">The arguments are no object: edit them as JSON.</p>;
  }
  const entries = Object.entries(value);
  const rename = (at: number, name: string) =>
    onChange(
      Object.fromEntries(entries.map((entry, index) => (index === at ? [name, entry[1]] : entry))),
    );
  return (
    <fieldset className="mt-1 border-hair border-t pt-2">
      <legend className="float-left mb-1 w-full font-semibold text-12">Arguments</legend>
      <div className="clear-both flex flex-col gap-1.5">
        {entries.map(([name, inner], index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: an argument is its place; its name is edited.
            key={index}
            className="grid grid-cols-[minmax(64px,0.6fr)_minmax(0,1fr)_28px] items-center gap-1.5"
          >
            <input
              aria-label={`Name of argument ${index + 1}`}
              value={name}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => {
                if (!Object.hasOwn(value, event.target.value)) rename(index, event.target.value);
              }}
              className={INPUT}
            />
            <input
              aria-label={`Value of ${name}`}
              value={shown(inner)}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) =>
                onChange(withMember(value, name, readValue(inner, event.target.value)))
              }
              className={INPUT}
            />
            <Button
              variant="icon"
              aria-label={`Remove ${name}`}
              onPress={() => onChange(without(value, name))}
            >
              <X aria-hidden size={14} />
            </Button>
          </div>
        ))}
        <Button
          variant="quiet"
          className="self-start"
          onPress={() => onChange(withMember(value, freeName(value), ""))}
        >
          <Plus aria-hidden size={14} />
          Add an argument
        </Button>
      </div>
    </fieldset>
  );
}

function shown(value: JsonValue | undefined): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : canonicalize(value);
}

/** A text stays a text; another value becomes what was typed, where that is JSON. */
function readValue(before: JsonValue, typed: string): JsonValue {
  if (typeof before === "string") return typed;
  const parsed = parseJson(typed);
  return parsed.ok ? parsed.value.value : typed;
}

function freeName(value: JsonObject): string {
  let count = Object.keys(value).length + 1;
  while (Object.hasOwn(value, `argument_${count}`)) count += 1;
  return `argument_${count}`;
}

"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { Button } from "@/components/ui/button.tsx";
import { KeyCap } from "@/components/ui/key-cap.tsx";
import type { ReceiptFilter } from "@/lib/queries/model.ts";
import { fieldSeconds, secondsField } from "./utc-field.ts";

interface AddFilterProps {
  readonly filter: ReceiptFilter;
  readonly isOpen: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly onFilter: (filter: ReceiptFilter) => void;
}

/** Text and time: what the facets and the histogram do not offer, or not exactly. */
export function AddFilter({ filter, isOpen, onOpen, onFilter }: AddFilterProps): ReactNode {
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpen}>
      <AriaButton className="inline-flex h-7 shrink-0 cursor-pointer items-center gap-2 rounded-control px-1.5 text-13 text-fact hover:text-ink">
        Add a filter{" "}
        <span className="pointer-coarse:hidden">
          <KeyCap>f</KeyCap>
        </span>
      </AriaButton>
      <Popover
        placement="bottom start"
        className="w-[min(380px,calc(100vw-24px))] rounded-card border border-border bg-raised p-3.5 shadow-popover"
      >
        <Dialog aria-label="Add a filter" className="outline-none">
          <FilterForm
            filter={filter}
            onDone={(next) => {
              onOpen(false);
              onFilter(next);
            }}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

const FIELD =
  "h-8 w-full min-w-0 rounded-control border border-strong bg-surface px-2 text-13 text-ink max-sm:h-11";

function FilterForm({
  filter,
  onDone,
}: {
  readonly filter: ReceiptFilter;
  readonly onDone: (filter: ReceiptFilter) => void;
}): ReactNode {
  const [text, setText] = useState(filter.text);
  const [from, setFrom] = useState(filter.time === null ? "" : secondsField(filter.time.from));
  const [to, setTo] = useState(filter.time === null ? "" : secondsField(filter.time.to));
  const start = fieldSeconds(from);
  const end = fieldSeconds(to);
  const halfTime = (start === null) !== (end === null);
  const backwards = start !== null && end !== null && end <= start;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (halfTime || backwards) return;
    onDone({
      ...filter,
      text: text.trim(),
      time: start === null || end === null ? null : { from: start, to: end },
    });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <label className="flex flex-col gap-1 text-12 text-fact">
        Text in id, capability, agent, tool, reason or hash
        <input
          // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type here.
          autoFocus
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          spellCheck={false}
          autoComplete="off"
          className={FIELD}
        />
      </label>
      <fieldset className="grid grid-cols-1 gap-2">
        <legend className="pb-1 text-12 text-fact">Time in UTC, start included, end not</legend>
        <input
          type="datetime-local"
          step={1}
          aria-label="From, UTC"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
          className={FIELD}
        />
        <input
          type="datetime-local"
          step={1}
          aria-label="To, UTC"
          value={to}
          onChange={(event) => setTo(event.target.value)}
          className={FIELD}
        />
        {(halfTime || backwards) && (
          <p role="alert" className="text-12 text-fact">
            {halfTime
              ? "Give both ends of the time, or neither."
              : "The end lies before the start."}
          </p>
        )}
      </fieldset>
      <div className="flex justify-end">
        <Button type="submit" variant="primary" isDisabled={halfTime || backwards}>
          Filter
        </Button>
      </div>
      <p className="text-12 text-muted">
        Values are filtered from their facets, or with <KeyCap>f</KeyCap> and <KeyCap>x</KeyCap> on
        a cell of the table.
      </p>
    </form>
  );
}

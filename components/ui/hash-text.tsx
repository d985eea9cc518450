"use client";

import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { groupHash, shortHash } from "@/lib/display/hash.ts";
import { CompareField } from "./compare-field.tsx";
import { CopyButton } from "./copy-button.tsx";

interface HashTextProps {
  readonly value: string;
  /** What the value is: `SHA-256 of receipts.ndjson`. */
  readonly label: string;
}

/** `cad5 … aaef`; pressed, it opens the full value with copy and compare-with-clipboard. */
export function HashText({ value, label }: HashTextProps) {
  return (
    <DialogTrigger>
      <AriaButton
        aria-label={`${label}: ${shortHash(value)}. Show in full`}
        className="min-h-6 cursor-pointer whitespace-nowrap rounded-control font-mono text-12 text-fact underline-offset-2 hover:underline"
      >
        {shortHash(value)}
      </AriaButton>
      <Popover
        className="w-[min(420px,calc(100vw-24px))] rounded-card border border-border bg-raised p-3.5 shadow-popover"
        placement="bottom end"
      >
        <Dialog aria-label={label} className="outline-none">
          <p className="text-12 text-muted">{label}</p>
          <p className="mt-1 flex items-start gap-2">
            <span className="break-words font-mono text-12 text-ink">{groupHash(value)}</span>
            <CopyButton text={value} label={`Copy ${label}`} />
          </p>
          <CompareField value={value} label={label} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

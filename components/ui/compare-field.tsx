"use client";

import { useId, useState } from "react";
import { compareValues } from "@/lib/display/hash.ts";
import { Button } from "./button.tsx";

interface CompareFieldProps {
  readonly value: string;
  readonly label: string;
}

/** Compares a value with what was copied or typed from paper: match, or the first character that differs. */
export function CompareField({ value, label }: CompareFieldProps) {
  const [pasted, setPasted] = useState("");
  const id = useId();
  const outcome = compareValues(pasted, value);
  return (
    <div className="mt-2">
      <label htmlFor={id} className="text-12 text-muted">
        Compare with paper or clipboard
      </label>
      <div className="mt-1 flex gap-2">
        <input
          id={id}
          value={pasted}
          spellCheck={false}
          autoComplete="off"
          aria-description={`Compares with ${label}`}
          onChange={(event) => setPasted(event.target.value)}
          className="h-7 min-w-0 flex-1 rounded-control border border-strong bg-surface px-2 font-mono text-12"
        />
        <Button
          onPress={() => {
            navigator.clipboard?.readText().then(setPasted, () => setPasted(""));
          }}
        >
          Paste
        </Button>
      </div>
      <p aria-live="polite" className="mt-1 min-h-4 text-12">
        {outcome.kind === "match" ? (
          <span className="font-medium text-verified">= Match, character by character.</span>
        ) : null}
        {outcome.kind === "differs" ? (
          <span className="font-medium text-fails">≠ Differs at character {outcome.at}.</span>
        ) : null}
      </p>
    </div>
  );
}

"use client";

import type { ReactNode } from "react";
import { ALL_MASKS, type MaskName } from "@/lib/denials/mask.ts";
import type { MaskState } from "./use-masks.ts";

interface MaskChoiceProps {
  readonly masks: readonly MaskName[];
  readonly masked: MaskState;
  readonly onMasks: (masks: readonly MaskName[]) => void;
}

const MASK_NAMES: Readonly<Record<MaskName, string>> = {
  id: "ids",
  path: "paths",
  number: "numbers",
  host: "hosts",
  address: "addresses",
  time: "times",
};

/** What is masked in reasons: without a mask, what it hid tells patterns apart. */
export function MaskChoice({ masks, masked, onMasks }: MaskChoiceProps): ReactNode {
  const { progress, problem } = masked;
  const toggle = (mask: MaskName) =>
    onMasks([...ALL_MASKS].filter((each) => masks.includes(each) !== (each === mask)));
  return (
    <fieldset className="m-0 border-0 border-hair border-t p-0 pt-2">
      <legend className="float-left w-full pb-1 font-semibold text-13">
        Masked in reasons
        <span className="pl-2 font-normal text-12 text-muted">
          {progress !== null &&
            `${progress.done.toLocaleString("en-US")} of ${progress.all.toLocaleString("en-US")} reasons`}
        </span>
      </legend>
      <div className="clear-both grid grid-cols-3">
        {[...ALL_MASKS].map((mask) => (
          <label
            key={mask}
            className="flex min-h-7 items-center gap-2 text-13 pointer-coarse:min-h-11"
          >
            <input
              type="checkbox"
              checked={masks.includes(mask)}
              onChange={() => toggle(mask)}
              className="size-4 accent-ink"
            />
            {MASK_NAMES[mask]}
          </label>
        ))}
      </div>
      {problem !== null && (
        <p role="alert" className="text-12 text-fact">
          The masks could not be changed: {problem.slice(0, 200)}
        </p>
      )}
    </fieldset>
  );
}

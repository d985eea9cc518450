import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export type PillTone =
  | "verified"
  | "hollow"
  | "fails"
  | "neutral"
  | "outline"
  | "allowed"
  | "denied";

const TONES: Readonly<Record<PillTone, string>> = {
  verified: "bg-verified-tint text-verified border-transparent",
  hollow: "border-verified text-verified",
  fails: "bg-fails-tint text-fails border-transparent",
  neutral: "bg-unchecked-tint text-unchecked border-transparent",
  outline: "border-strong text-fact",
  allowed: "bg-allowed-tint text-allowed border-transparent",
  denied: "bg-denied-tint text-denied border-transparent",
};

interface PillProps {
  readonly tone: PillTone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** 20 high: icon of 12, word. Colour alone never carries the meaning, so a word is always given. */
export function Pill({ tone, icon, children }: PillProps) {
  return (
    <span
      className={classNames(
        "inline-flex h-5 shrink-0 items-center gap-1 whitespace-nowrap rounded-chip border px-2 font-medium text-12",
        TONES[tone],
      )}
    >
      {icon}
      {children}
    </span>
  );
}

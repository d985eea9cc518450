import type { ReactNode } from "react";
import { logWords } from "./log-words.ts";

interface LogTextProps {
  readonly text: string;
  readonly mono?: boolean;
  /** What stands for an empty text. */
  readonly none?: string;
  readonly className?: string;
}

/** Text of a log: isolated, so that its direction cannot turn its neighbours, and cut where it is long. */
export function LogText({ text, mono = false, none, className = "" }: LogTextProps): ReactNode {
  const shown = logWords(text, none);
  return (
    <bdi title={shown} className={`${text !== "" && mono ? "font-mono" : ""} ${className}`}>
      {shown}
    </bdi>
  );
}

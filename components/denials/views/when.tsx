import type { ReactNode } from "react";
import { formatDateTime, formatTime } from "@/lib/display/time.ts";

interface WhenProps {
  /** Unix seconds. */
  readonly at: number | null;
  readonly isOneDay: boolean;
}

/** A time in UTC, with its date where it is not plain. */
export function When({ at, isOneDay }: WhenProps): ReactNode {
  return (
    <span className="whitespace-nowrap tabular-nums">
      {at === null ? "no time" : isOneDay ? formatTime(at) : formatDateTime(at)}
    </span>
  );
}

import { formatCount } from "@/lib/display/numbers.ts";

/** How often the enabled rules fired on what is loaded; nothing where they did not. */
export function AlertBadge({ fired }: { readonly fired: number }) {
  return fired === 0 ? null : (
    <span className="-top-1.5 absolute left-3.5 inline-flex h-4 min-w-4 items-center justify-center rounded-chip bg-ink px-1 font-medium text-11 text-surface tabular-nums">
      {fired > 99 ? "99+" : formatCount(fired)}
      <span className="sr-only"> {fired === 1 ? "alert" : "alerts"}</span>
    </span>
  );
}

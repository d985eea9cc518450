import { classNames } from "./class-names.ts";

/** Classes of a chip: 28 high, icon and word; coloured only when it states trust. */
export function chipStyle(trusted = false, extra?: string): string {
  return classNames(
    "inline-flex h-7 shrink-0 cursor-pointer items-center gap-1.5 whitespace-nowrap rounded-chip border border-border bg-surface px-2.5 font-medium text-13 transition-colors hover:bg-sunken",
    trusted ? "text-verified" : "text-fact",
    extra,
  );
}

import { classNames } from "@/components/ui/class-names.ts";

const FIELD =
  "h-7 min-w-0 rounded-control border border-strong bg-surface px-2 text-13 max-sm:h-10 aria-[invalid=true]:border-2";

/** Classes of a text field, a number field or a select. */
export function fieldStyle(extra?: string): string {
  return classNames(FIELD, extra);
}

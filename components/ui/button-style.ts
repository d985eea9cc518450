import { classNames } from "./class-names.ts";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "icon" | "link";

const BASE =
  "inline-flex shrink-0 cursor-pointer items-center justify-center gap-2 whitespace-nowrap rounded-control font-medium text-13 transition-colors disabled:cursor-default disabled:opacity-60";

const VARIANTS: Readonly<Record<ButtonVariant, string>> = {
  primary: "h-[30px] border border-ink bg-ink px-3.5 text-surface hover:bg-fact hover:border-fact",
  secondary: "h-[30px] border border-border bg-surface px-3.5 text-ink hover:bg-sunken",
  quiet: "h-7 px-2 text-fact hover:bg-sunken",
  icon: "size-7 text-fact hover:bg-sunken",
  link: "h-6 px-0 text-accent underline-offset-2 hover:underline",
};

/** Classes of a button, shared by buttons and by links that look like one. */
export function buttonStyle(variant: ButtonVariant, large = false, extra?: string): string {
  return classNames(BASE, VARIANTS[variant], large && "h-9 px-4 text-14 max-sm:h-11", extra);
}

import { classNames } from "./class-names.ts";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "icon" | "link";

const BASE =
  "inline-flex shrink-0 cursor-pointer items-center justify-center gap-2 whitespace-nowrap rounded-control font-medium transition-colors disabled:cursor-default disabled:opacity-60";

const VARIANTS: Readonly<Record<ButtonVariant, string>> = {
  primary: "border border-ink bg-ink text-surface hover:bg-fact hover:border-fact",
  secondary: "border border-border bg-surface text-ink hover:bg-sunken",
  quiet: "text-fact hover:bg-sunken",
  icon: "text-fact hover:bg-sunken",
  link: "text-accent underline-offset-2 hover:underline",
};

const SIZES: Readonly<Record<ButtonVariant, string>> = {
  primary: "h-[30px] px-3.5 text-13",
  secondary: "h-[30px] px-3.5 text-13",
  quiet: "h-7 px-2 text-13",
  icon: "size-7 max-sm:size-9",
  link: "min-h-6 text-13",
};

/** Classes of a button, shared by buttons and by links that look like one. */
export function buttonStyle(variant: ButtonVariant, large = false, extra?: string): string {
  return classNames(
    BASE,
    VARIANTS[variant],
    large ? "h-9 px-4 text-14 max-sm:h-11" : SIZES[variant],
    extra,
  );
}

import type { ReactNode } from "react";

/** Hatched across the page: what is made here is no evidence. Never the seal, and never its blue. */
export function DemoRibbon(): ReactNode {
  return (
    <section
      aria-label="Demo"
      className="hatch-demo keeps-colour flex min-h-7 shrink-0 border-border border-b px-[18px] text-13 max-sm:px-3"
    >
      <p className="-ml-1.5 flex flex-wrap items-center gap-x-4 bg-unchecked-tint px-1.5 pr-3 py-0.5">
        <span className="font-semibold text-ink tracking-[0.06em]">DEMO</span>
        <span className="text-fact">
          Receipts made here are signed with a throw-away key and never mix with evidence.
        </span>
      </p>
    </section>
  );
}

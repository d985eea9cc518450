import type { ReactNode } from "react";

/** Beside the view on a wide screen, over it on a narrow one, a page of its own on a phone. */
export function Side({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <div className="w-[clamp(400px,33vw,560px)] shrink-0 border-border border-l bg-surface max-lg:absolute max-lg:inset-y-0 max-lg:right-0 max-lg:z-20 max-lg:shadow-popover max-sm:fixed max-sm:inset-0 max-sm:z-40 max-sm:w-full max-sm:border-0">
      {children}
    </div>
  );
}

/** Gives the focus back to the list; a frame later, because on a phone it lies beneath until then. */
export function focusList(): void {
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>("[role=tabpanel] [role=grid]")?.focus(),
  );
}

import type { ReactNode } from "react";

interface PanelSectionProps {
  readonly title: string;
  readonly note?: string;
  readonly children: ReactNode;
}

/** A part of the panel under its own head. */
export function PanelSection({ title, note, children }: PanelSectionProps): ReactNode {
  return (
    <section aria-label={title} className="border-hair border-t pt-3">
      <h3 className="pb-1 font-semibold text-13">
        {title}
        {note !== undefined && <span className="pl-2 font-normal text-12 text-muted">{note}</span>}
      </h3>
      {children}
    </section>
  );
}

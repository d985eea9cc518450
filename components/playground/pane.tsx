import type { ReactNode } from "react";
import { Card } from "@/components/ui/card.tsx";
import { classNames } from "@/components/ui/class-names.ts";

interface PaneProps {
  readonly title: string;
  /** Beside the title, in mono: what came out of a text. */
  readonly note?: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

/** One of the three parts of the page: a head of 40 px, then what it holds, to the bottom of the page. */
export function Pane({ title, note, aside, children, className }: PaneProps): ReactNode {
  return (
    <section aria-label={title} className={classNames("flex min-w-0 flex-col", className)}>
      <Card className="flex flex-1 flex-col">
        <div className="flex min-h-10 flex-wrap items-center gap-x-2.5 gap-y-1 border-hair border-b px-3.5 py-1">
          <h2 className="font-semibold text-14">{title}</h2>
          {note === undefined ? null : (
            <bdi className="min-w-0 truncate font-mono text-12 text-muted">{note}</bdi>
          )}
          <span className="ml-auto">{aside}</span>
        </div>
        {children}
      </Card>
    </section>
  );
}

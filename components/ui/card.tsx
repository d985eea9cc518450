import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

interface CardProps {
  readonly children: ReactNode;
  readonly className?: string;
}

/** A surface with one border. */
export function Card({ children, className }: CardProps) {
  return (
    <div
      className={classNames(
        "min-w-0 rounded-card border border-border bg-surface shadow-card",
        className,
      )}
    >
      {children}
    </div>
  );
}

interface CardTitleProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly aside?: ReactNode;
  readonly id?: string;
  readonly className?: string;
}

/** Title of a card or a section: name, one note in grey, something at the right. */
export function CardTitle({ title, note, aside, id, className }: CardTitleProps) {
  return (
    <div className={classNames("flex flex-wrap items-baseline gap-x-2", className)}>
      <h2 id={id} className="font-semibold text-14">
        {title}
      </h2>
      {note === undefined ? null : <span className="min-w-0 text-13 text-muted">{note}</span>}
      {aside === undefined ? null : <span className="ml-auto text-12 text-muted">{aside}</span>}
    </div>
  );
}

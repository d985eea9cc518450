import type { ReactNode } from "react";

interface LabelledProps {
  readonly label: string;
  readonly htmlFor?: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** A row of the editor: its name at the left, above on a narrow screen. */
export function Labelled({ label, htmlFor, note, children }: LabelledProps) {
  return (
    <div className="grid grid-cols-[104px_minmax(0,1fr)] items-start gap-x-3 gap-y-1 max-sm:grid-cols-1">
      {htmlFor === undefined ? (
        <span className="pt-1 text-13 text-muted">{label}</span>
      ) : (
        <label htmlFor={htmlFor} className="pt-1 text-13 text-muted">
          {label}
        </label>
      )}
      <div className="min-w-0">
        {children}
        {note === undefined ? null : <p className="mt-1 text-12 text-muted">{note}</p>}
      </div>
    </div>
  );
}

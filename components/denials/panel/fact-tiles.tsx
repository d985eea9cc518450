import type { ReactNode } from "react";

export interface Tile {
  readonly value: string;
  readonly label: string;
}

/** A few numbers side by side, each with what it counts. */
export function FactTiles({ tiles }: { readonly tiles: readonly Tile[] }): ReactNode {
  return (
    <dl className="grid grid-cols-4 divide-x divide-hair rounded-card border border-border max-sm:grid-cols-2 max-sm:divide-x-0">
      {tiles.map(({ value, label }) => (
        <div key={label} className="flex min-w-0 flex-col-reverse justify-end px-2.5 py-2">
          <dt className="truncate text-12 text-muted" title={label}>
            {label}
          </dt>
          <dd className="truncate font-semibold text-14" title={value}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

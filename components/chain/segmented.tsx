"use client";

import type { ReactNode } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";

interface SegmentedProps<Name extends string> {
  readonly label: string;
  readonly names: readonly Name[];
  readonly words: Readonly<Record<Name, string>>;
  readonly chosen: Name;
  readonly onChoose: (name: Name) => void;
  /** The key that chooses a name, where there is one. */
  readonly keys?: Readonly<Partial<Record<Name, string>>>;
}

/** One of a few: a group with one tab stop, walked by arrows. */
export function Segmented<Name extends string>(props: SegmentedProps<Name>): ReactNode {
  const { label, names, words, chosen, onChoose, keys } = props;
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[chosen]}
      onSelectionChange={(selected) => {
        const name = names.find((each) => selected.has(each));
        if (name !== undefined && name !== chosen) onChoose(name);
      }}
      className="inline-flex h-[30px] shrink-0 items-stretch rounded-control border border-border bg-sunken p-0.5 max-sm:h-11"
    >
      {names.map((name) => (
        <ToggleButton
          key={name}
          id={name}
          aria-keyshortcuts={keys?.[name]}
          className="cursor-pointer whitespace-nowrap rounded-[3px] px-2.5 font-medium text-13 text-fact transition-colors hover:text-ink data-[selected]:bg-surface data-[selected]:text-ink data-[selected]:shadow-card forced-colors:data-[selected]:outline"
        >
          {words[name]}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

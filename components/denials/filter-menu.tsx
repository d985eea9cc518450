"use client";

import { ListFilter } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useSingleKeys } from "@/components/frame/use-keys.ts";
import { buttonStyle } from "@/components/ui/button-style.ts";
import type { DenialFacetValues, DenialFilter } from "@/lib/queries/denial-model.ts";
import { FacetList } from "./facet-list.tsx";
import { OFFERED_FACETS } from "./facet-words.ts";

interface FilterMenuProps {
  readonly facets: readonly DenialFacetValues[];
  readonly filter: DenialFilter;
  readonly onFilter: (filter: DenialFilter) => void;
}

/** The facets to choose from, opened by its button or `f`. */
export function FilterMenu({ facets, filter, onFilter }: FilterMenuProps): ReactNode {
  const [open, setOpen] = useState(false);
  useSingleKeys((event) => {
    if (event.key === "f") setOpen(true);
    return event.key === "f";
  });
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <AriaButton
        aria-label="Filter"
        aria-keyshortcuts="f"
        className={buttonStyle("secondary", false, "px-2!")}
      >
        <ListFilter aria-hidden size={15} />
        <span className="hidden 2xl:inline">Filter</span>
      </AriaButton>
      <Popover
        placement="bottom end"
        className="w-[min(300px,calc(100vw-24px))] overflow-auto rounded-card border border-border bg-raised p-3 shadow-popover"
      >
        <Dialog aria-label="Filter denials" className="outline-none">
          <FacetList
            facets={OFFERED_FACETS.flatMap((name) => facets.filter((facet) => facet.name === name))}
            filter={filter}
            onFilter={onFilter}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

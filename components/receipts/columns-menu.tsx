"use client";

import { Columns3 } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import { Button } from "@/components/ui/button.tsx";
import { COLUMNS, type ColumnId } from "./columns.ts";

interface ColumnsMenuProps {
  readonly chosen: readonly ColumnId[];
  readonly onChosen: (chosen: readonly ColumnId[]) => void;
}

/** Which columns the table shows; integrity always stays. */
export function ColumnsMenu({ chosen, onChosen }: ColumnsMenuProps): ReactNode {
  const toggle = (id: ColumnId) =>
    onChosen(
      COLUMNS.map((column) => column.id).filter((each) =>
        each === id ? !chosen.includes(id) : chosen.includes(each),
      ),
    );
  return (
    <DialogTrigger>
      <Button aria-label="Columns" className="max-sm:px-2">
        <Columns3 aria-hidden size={15} />
        <span className="max-sm:hidden">Columns</span>
      </Button>
      <Popover
        placement="bottom end"
        className="w-52 rounded-card border border-border bg-raised p-2 shadow-popover"
      >
        <Dialog aria-label="Columns of the table" className="flex flex-col outline-none">
          {COLUMNS.filter((column) => column.id !== "integrity").map((column) => (
            <label
              key={column.id}
              className="flex h-7 cursor-pointer items-center gap-2 rounded-control px-2 text-13 hover:bg-sunken pointer-coarse:h-11"
            >
              <input
                type="checkbox"
                checked={chosen.includes(column.id)}
                onChange={() => toggle(column.id)}
                className="size-4 accent-ink"
              />
              {column.label}
            </label>
          ))}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

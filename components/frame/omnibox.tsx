"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { receiptsAddress } from "@/components/receipts/page-fragment.ts";
import { classNames } from "@/components/ui/class-names.ts";
import { useCommands } from "@/lib/queries/session.ts";
import { useFrame } from "./frame-context.tsx";
import { type OmniboxEntry, omniboxEntries } from "./omnibox-entries.ts";

/** Find a receipt, or give a command: one field over the page. */
export function Omnibox() {
  const frame = useFrame();
  return (
    <ModalOverlay
      isOpen={frame.dialog === "omnibox"}
      onOpenChange={(open) => {
        if (!open) frame.show(null);
      }}
      isDismissable
      className="fixed inset-0 z-50 flex items-start justify-center bg-scrim p-3 pt-[8vh]"
    >
      <Modal className="w-full max-w-[520px] overflow-hidden rounded-card border border-border bg-raised shadow-popover">
        <Dialog aria-label="Find or command" className="outline-none">
          <Field />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Field() {
  const frame = useFrame();
  const commands = useCommands();
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const entries = omniboxEntries(typed, {
    commands,
    go: (address) => router.push(address),
    show: frame.show,
    chooseFiles: frame.chooseFiles,
    chooseFolder: frame.chooseFolder,
    searchAddress: (text) => receiptsAddress({ text }),
  });
  const chosen = Math.min(at, Math.max(0, entries.length - 1));
  const run = (entry: OmniboxEntry | undefined) => {
    if (entry === undefined) return;
    frame.show(null);
    entry.run();
  };
  return (
    <>
      <div className="flex h-11 items-center gap-2.5 border-border border-b px-3.5">
        <Search aria-hidden="true" size={16} className="shrink-0 text-muted" />
        <input
          // biome-ignore lint/a11y/noAutofocus: the field is the dialog, and was asked for by a key.
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={entries.length > 0 ? `${list}-${chosen}` : undefined}
          aria-label="Find a receipt, hash, agent or tool; > for commands"
          placeholder="Find a receipt, hash, agent or tool; > command"
          value={typed}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown" || event.key === "ArrowUp") {
              event.preventDefault();
              const step = event.key === "ArrowDown" ? 1 : -1;
              setAt((chosen + step + entries.length) % Math.max(1, entries.length));
            } else if (event.key === "Enter") {
              event.preventDefault();
              run(entries[chosen]);
            }
          }}
          className="h-full min-w-0 flex-1 bg-transparent text-14 outline-none placeholder:text-muted"
        />
      </div>
      <div
        id={list}
        role="listbox"
        aria-label="Results"
        className="max-h-[50vh] overflow-auto p-1.5"
      >
        {entries.map((entry, index) => (
          <div
            key={entry.id}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            ref={index === chosen ? keepInView : null}
            onPointerMove={() => setAt(index)}
            onClick={() => run(entry)}
            onKeyDown={(event) => {
              if (event.key === "Enter") run(entry);
            }}
            className={classNames(
              "flex h-8 cursor-pointer items-center gap-3 rounded-control px-2.5 text-13",
              index === chosen && "bg-selected",
            )}
          >
            <span className="truncate">{entry.words}</span>
            <span className="ml-auto shrink-0 text-12 text-muted">{entry.note}</span>
          </div>
        ))}
        {entries.length === 0 ? <p className="p-2.5 text-13 text-muted">No such command.</p> : null}
      </div>
    </>
  );
}

function keepInView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}

"use client";

import { FolderOpen, PencilLine, Plus, Save, X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { Button } from "@/components/ui/button.tsx";
import { classNames } from "@/components/ui/class-names.ts";
import { Modal } from "@/components/ui/modal.tsx";
import { saveFile } from "@/components/ui/save-file.ts";
import { currentWorkbench } from "@/lib/queries/workbench.ts";
import type { WorkbenchTab } from "@/lib/queries/workbench-desk.ts";

const MOST_BYTES = 1_000_000;

interface TabStripProps {
  readonly tabs: readonly WorkbenchTab[];
  readonly active: WorkbenchTab;
}

/** One tab for each statement. Arrows choose, F2 renames, Delete closes; the same stands in buttons. */
export function TabStrip({ tabs, active }: TabStripProps): ReactNode {
  const desk = currentWorkbench();
  const [renaming, setRenaming] = useState(false);
  const strip = useRef<HTMLDivElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const show = (at: number) => {
    const tab = tabs[(at + tabs.length) % tabs.length];
    if (tab === undefined) return;
    desk.show(tab.id);
    strip.current?.querySelector<HTMLElement>(`[data-tab="${tab.id}"]`)?.focus();
  };
  const key = (event: KeyboardEvent) => {
    const at = tabs.indexOf(active);
    if (event.key === "ArrowRight") show(at + 1);
    else if (event.key === "ArrowLeft") show(at - 1);
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(-1);
    else if (event.key === "F2") setRenaming(true);
    else if (event.key === "Delete") {
      desk.close(active.id);
      requestAnimationFrame(() =>
        strip.current?.querySelector<HTMLElement>("[aria-selected='true']")?.focus(),
      );
    } else return;
    event.preventDefault();
  };
  const load = async (file: File | undefined) => {
    if (file === undefined || file.size > MOST_BYTES) return;
    desk.open(file.name.replace(/\.sql$/i, ""), await file.text());
  };
  return (
    <div className="flex min-w-0 items-center gap-1 border-border border-b bg-bg pr-1.5">
      <div
        ref={strip}
        role="tablist"
        aria-label="Statements"
        onKeyDown={key}
        className="flex min-w-0 flex-1 overflow-x-auto p-1 pb-0"
      >
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            data-tab={tab.id}
            id={`sql-tab-${tab.id}`}
            aria-selected={tab === active}
            aria-controls="sql-panel"
            tabIndex={tab === active ? 0 : -1}
            onClick={() => desk.show(tab.id)}
            onDoubleClick={() => setRenaming(true)}
            className={classNames(
              "h-8 max-w-[200px] shrink-0 cursor-pointer truncate rounded-t-control border-b-2 px-3 text-13",
              tab === active
                ? "border-accent bg-surface font-medium text-ink"
                : "border-transparent text-fact hover:bg-sunken",
            )}
          >
            {tab.since === null ? "" : "● "}
            <bdi>{visibleText(tab.title)}</bdi>
          </button>
        ))}
      </div>
      <Button variant="icon" aria-label="New tab" onPress={() => desk.open("Tab", "")}>
        <Plus aria-hidden size={16} />
      </Button>
      <Button variant="icon" aria-label="Rename tab" onPress={() => setRenaming(true)}>
        <PencilLine aria-hidden size={15} />
      </Button>
      <Button
        variant="icon"
        aria-label="Save tab as a file"
        onPress={() =>
          saveFile(
            new Blob([active.sql], { type: "application/sql" }),
            `${active.title.replace(/[^\p{L}\p{N} _-]+/gu, "").trim() || "statement"}.sql`,
          )
        }
      >
        <Save aria-hidden size={15} />
      </Button>
      <Button
        variant="icon"
        aria-label="Open a file of SQL in a tab"
        onPress={() => picker.current?.click()}
      >
        <FolderOpen aria-hidden size={15} />
      </Button>
      <Button variant="icon" aria-label="Close tab" onPress={() => desk.close(active.id)}>
        <X aria-hidden size={16} />
      </Button>
      <input
        ref={picker}
        type="file"
        hidden
        data-picker="sql"
        accept=".sql,text/plain"
        onChange={(event) => {
          load(event.target.files?.[0]).catch(() => undefined);
          event.target.value = "";
        }}
      />
      <Modal title="Rename tab" isOpen={renaming} onClose={() => setRenaming(false)}>
        <form
          className="flex gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            const name: unknown = new FormData(event.currentTarget).get("name");
            if (typeof name === "string") desk.rename(active.id, name);
            setRenaming(false);
          }}
        >
          <input
            // biome-ignore lint/a11y/noAutofocus: the dialog was opened to write here.
            autoFocus
            name="name"
            aria-label="Name of the tab"
            defaultValue={active.title}
            maxLength={80}
            autoComplete="off"
            className="h-[30px] min-w-0 flex-1 rounded-control border border-strong bg-surface px-2 text-13"
          />
          <Button type="submit" variant="primary">
            Rename
          </Button>
        </form>
      </Modal>
    </div>
  );
}

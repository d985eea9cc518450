"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import { Modal } from "@/components/ui/modal.tsx";
import { formatCount } from "@/lib/display/numbers.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import type { UnmaskedField } from "@/lib/session/unmasked.ts";
import { logWords } from "../log-words.ts";
import { useUnmasked } from "./use-unmasked.ts";

/** `Unmasked fields: none`, or how many with their list: where they are, never what they say. */
export function UnmaskedNote(): ReactNode {
  const fields = useUnmasked();
  const [open, setOpen] = useState(false);
  if (fields.length === 0) {
    return <span className="text-12 text-muted">Unmasked fields: none</span>;
  }
  return (
    <>
      <Button variant="quiet" className="text-12!" onPress={() => setOpen(true)}>
        Unmasked fields: {formatCount(fields.length)}
      </Button>
      <Modal title="Fields that were unmasked" isOpen={open} onClose={() => setOpen(false)}>
        <p className="flex items-center gap-2 pb-2 text-13 text-fact">
          <span className="min-w-0 flex-1">
            Where each field is, and when it was shown. What it says is not kept.
          </span>
          <CopyButton text={listText(fields)} label="Copy the list" />
        </p>
        <ul className="divide-y divide-hair text-12">
          {fields.map((field) => (
            <li key={lineOf(field)} className="py-1.5 [overflow-wrap:anywhere]">
              <span className="font-mono">
                {field.pointer === "" ? "whole payload" : logWords(field.pointer)}
              </span>
              <span className="text-muted">
                {" "}
                of dead letter {formatCount(field.record)} in {logWords(field.file)},{" "}
                {formatDateTime(field.time / 1000)} UTC
              </span>
            </li>
          ))}
        </ul>
      </Modal>
    </>
  );
}

function listText(fields: readonly UnmaskedField[]): string {
  return `${fields.map(lineOf).join("\n")}\n`;
}

function lineOf({ file, record, pointer, time }: UnmaskedField): string {
  return JSON.stringify({ file, record, pointer, time: new Date(time).toISOString() });
}

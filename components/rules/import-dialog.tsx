"use client";

import { type ReactNode, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Modal } from "@/components/ui/modal.tsx";
import { plural } from "@/lib/display/numbers.ts";
import type { Rule } from "@/lib/rules/model.ts";
import { fieldStyle } from "./field-style.ts";
import { type ImportProblem, readRules } from "./read-rules.ts";

interface ImportDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** How many of the rules were taken. */
  readonly onImport: (rules: readonly Rule[]) => number;
}

/** A rules file holds a few kilobytes; what is larger is something else. */
const MOST_OCTETS = 1024 * 1024;

/** Takes rules from a file or from what is pasted: the app's own form, or Sigma. */
export function ImportDialog({ isOpen, onClose, onImport }: ImportDialogProps): ReactNode {
  const [text, setText] = useState("");
  const [problems, setProblems] = useState<readonly ImportProblem[]>([]);
  const [done, setDone] = useState("");
  const picker = useRef<HTMLInputElement>(null);
  const id = useId();
  const close = () => {
    setText("");
    setProblems([]);
    setDone("");
    onClose();
  };
  const read = async (given: string) => {
    setDone("");
    const found = await readRules(given);
    if (!found.ok) {
      setProblems(found.error);
      return;
    }
    setProblems([]);
    const taken = onImport(found.value.rules);
    const left = found.value.rules.length - taken;
    setDone(
      [
        `${plural(taken, "rule")} added, switched off.`,
        ...(left > 0 ? [`${plural(left, "rule")} had no room.`] : []),
        ...found.value.notes,
      ].join(" "),
    );
  };
  const take = async (file: File) => {
    if (file.size > MOST_OCTETS) {
      const message = "The file is larger than 1 MB, which no rules file is.";
      setProblems([{ message, excerpt: null }]);
      return;
    }
    const content = await file.text();
    setText(content);
    await read(content);
  };
  return (
    <Modal title="Import rules" isOpen={isOpen} onClose={close}>
      <div className="flex flex-col gap-3 text-13">
        <p className="text-fact">
          A rules file of this app (.json), or Sigma rules with a correlation (.yml). Nothing that
          is imported is switched on.
        </p>
        <input
          ref={picker}
          type="file"
          hidden
          data-picker="rules"
          accept=".json,.yml,.yaml"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file !== undefined) void take(file);
            event.target.value = "";
          }}
        />
        <Button className="self-start" onPress={() => picker.current?.click()}>
          Choose a file
        </Button>
        <div className="flex flex-col gap-1">
          <label htmlFor={id} className="text-muted">
            Or paste its text
          </label>
          <textarea
            id={id}
            value={text}
            rows={8}
            spellCheck={false}
            onChange={(event) => setText(event.target.value.slice(0, MOST_OCTETS))}
            className={fieldStyle("h-auto! w-full py-1 font-mono text-12!")}
          />
        </div>
        <Button
          variant="primary"
          className="self-start"
          isDisabled={text.trim() === ""}
          onPress={() => void read(text)}
        >
          Add these rules
        </Button>
        <div role="status">
          {done === "" ? null : <p>{done}</p>}
          {problems.length === 0 ? null : (
            <ul className="flex flex-col gap-2 rounded-card bg-unchecked-tint p-3">
              {problems.map(({ message, excerpt }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: one problem may be found twice.
                <li key={at}>
                  <p className="[overflow-wrap:anywhere]">{message}</p>
                  {excerpt === null ? null : (
                    <pre className="mt-1 overflow-x-auto font-mono text-12">{excerpt}</pre>
                  )}
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </Modal>
  );
}

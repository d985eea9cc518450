"use client";

import {
  createContext,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { readPicked, useCommands } from "@/lib/queries/session.ts";

/** Dialogs that any page can open. */
export type DialogName = "omnibox" | "keys" | "trust" | "ledger" | "paste" | "make-log";

interface FrameValue {
  readonly dialog: DialogName | null;
  readonly show: (dialog: DialogName | null) => void;
  readonly chooseFiles: () => void;
  readonly chooseFolder: () => void;
}

const FrameContext = createContext<FrameValue>({
  dialog: null,
  show: () => undefined,
  chooseFiles: () => undefined,
  chooseFolder: () => undefined,
});

export function useFrame(): FrameValue {
  return useContext(FrameContext);
}

/** Holds the open dialog and the two pickers, which have to stay in the document to be pressed from anywhere. */
export function FrameProvider({ children }: { readonly children: ReactNode }) {
  const [dialog, show] = useState<DialogName | null>(null);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const value = useMemo(
    () => ({
      dialog,
      show,
      chooseFiles: () => files.current?.click(),
      chooseFolder: () => folder.current?.click(),
    }),
    [dialog],
  );
  return (
    <FrameContext value={value}>
      <Picker inputRef={files} directory={false} />
      <Picker inputRef={folder} directory />
      {children}
    </FrameContext>
  );
}

interface PickerProps {
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly directory: boolean;
}

function Picker({ inputRef, directory }: PickerProps) {
  const commands = useCommands();
  useEffect(() => {
    if (inputRef.current !== null) inputRef.current.webkitdirectory = directory;
  }, [inputRef, directory]);
  return (
    <input
      ref={inputRef}
      type="file"
      multiple
      hidden
      data-picker={directory ? "folder" : "files"}
      onChange={(event) => {
        const picked = readPicked(event.target.files ?? []);
        // The same file may be chosen twice in a row.
        event.target.value = "";
        if (picked.length > 0) commands.open(picked);
      }}
    />
  );
}

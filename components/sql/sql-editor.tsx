"use client";

import {
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { functionNames } from "@/lib/queries/workbench.ts";
import type { MountedSqlEditor } from "./mount-sql-editor.ts";

export interface SqlEditorHandle {
  insert(text: string): void;
  selected(): { readonly text: string; readonly from: number } | null;
  focus(): void;
}

interface SqlEditorProps {
  readonly ref: Ref<SqlEditorHandle>;
  readonly label: string;
  readonly text: string;
  /** Changes when another text was put in place: what the hands type is never written over. */
  readonly placed: string;
  readonly problemAt: number | null;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
  readonly onStop: () => void;
}

/** The editor of a statement; a plain field until its library is there. */
export function SqlEditor(props: SqlEditorProps): ReactNode {
  const { ref, label, text, placed, problemAt } = props;
  const place = useRef<HTMLDivElement | null>(null);
  const editor = useRef<MountedSqlEditor | null>(null);
  const latest = useRef(props);
  const [mounted, setMounted] = useState(false);
  const help = useId();

  useEffect(() => {
    latest.current = props;
  });

  useImperativeHandle(ref, () => ({
    insert: (piece) => {
      if (editor.current === null) latest.current.onChange(latest.current.text + piece);
      else editor.current.insert(piece);
    },
    selected: () => editor.current?.selected() ?? null,
    focus: () => editor.current?.focus(),
  }));

  useEffect(() => {
    let left = false;
    import("./mount-sql-editor.ts").then(
      ({ mountSqlEditor }) => {
        if (left || place.current === null) return;
        editor.current = mountSqlEditor(place.current, {
          label,
          describedBy: help,
          text: latest.current.text,
          onChange: (next) => latest.current.onChange(next),
          onRun: () => latest.current.onRun(),
          onStop: () => latest.current.onStop(),
          functions: functionNames,
        });
        setMounted(true);
      },
      () => undefined,
    );
    return () => {
      left = true;
      editor.current?.destroy();
      editor.current = null;
      setMounted(false);
    };
  }, [label, help]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is taken when it was placed.
  useEffect(() => {
    if (mounted) editor.current?.setText(latest.current.text);
  }, [mounted, placed]);

  useEffect(() => {
    if (mounted) editor.current?.setProblem(problemAt);
  }, [mounted, problemAt]);

  return (
    <div className="relative h-full min-h-0 min-w-0">
      <div ref={place} className={mounted ? "h-full [&_.cm-editor]:h-full" : "hidden"} />
      {mounted ? null : (
        <textarea
          aria-label={label}
          aria-describedby={help}
          aria-busy="true"
          value={text}
          spellCheck={false}
          onChange={(event) => props.onChange(event.target.value)}
          className="block h-full w-full resize-none bg-transparent py-2 pr-3 pl-[54px] font-mono text-12 leading-[18.5px] outline-none focus-visible:outline-2 focus-visible:-outline-offset-2"
        />
      )}
      <p id={help} className="sr-only">
        Control Enter runs the statement, or what is selected. Control period stops it. Tab leaves
        the editor.
      </p>
    </div>
  );
}

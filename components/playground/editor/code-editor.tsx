"use client";

import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { classNames } from "@/components/ui/class-names.ts";
import type { MountedEditor } from "./mount-editor.ts";

interface CodeEditorProps {
  readonly label: string;
  readonly text: string;
  /** Changes when the text was put in from outside: what the hands type is never written over. */
  readonly placed: number;
  readonly onChange: (text: string) => void;
  readonly language?: "json" | "plain";
  /** From 1. */
  readonly decidingLine?: number | null;
  /** UTF-16 index from which on the text could not be read. */
  readonly problemAt?: number | null;
  readonly className?: string;
}

/** A text editor with line numbers; a plain field until its library is there, and where it cannot come. */
export function CodeEditor(props: CodeEditorProps): ReactNode {
  const { label, text, placed, language = "json", decidingLine = null, problemAt = null } = props;
  const place = useRef<HTMLDivElement | null>(null);
  const editor = useRef<MountedEditor | null>(null);
  const latest = useRef(props);
  const [mounted, setMounted] = useState(false);
  const [absent, setAbsent] = useState(false);
  const help = useId();

  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    let left = false;
    import("./mount-editor.ts").then(
      ({ mountEditor }) => {
        if (left || place.current === null) return;
        editor.current = mountEditor(place.current, {
          label,
          describedBy: help,
          text: latest.current.text,
          language,
          onChange: (next) => latest.current.onChange(next),
        });
        setMounted(true);
      },
      () => setAbsent(true),
    );
    return () => {
      left = true;
      editor.current?.destroy();
      editor.current = null;
      setMounted(false);
    };
  }, [label, help, language]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is taken when it was placed.
  useEffect(() => {
    if (mounted) editor.current?.setText(latest.current.text);
  }, [mounted, placed]);

  useEffect(() => {
    if (mounted) editor.current?.setMarks(decidingLine, problemAt);
  }, [mounted, decidingLine, problemAt]);

  return (
    <div className={classNames("relative min-w-0", props.className)}>
      <div
        ref={place}
        className={classNames(
          "h-full [&_.cm-editor]:h-full [&_.cm-editor]:max-h-[inherit]",
          !mounted && "hidden",
        )}
      />
      {mounted ? null : (
        <textarea
          aria-label={label}
          aria-describedby={help}
          aria-busy={!absent}
          value={text}
          rows={Math.min(text.split("\n").length + 1, 24)}
          spellCheck={false}
          onChange={(event) => props.onChange(event.target.value)}
          className="block w-full resize-none bg-transparent py-2 pr-3 pl-[54px] font-mono text-12 leading-[18.5px] outline-none focus-visible:outline-2 focus-visible:-outline-offset-2"
        />
      )}
      <p id={help} className="sr-only">
        Tab leaves the editor. Control Enter evaluates.
      </p>
    </div>
  );
}

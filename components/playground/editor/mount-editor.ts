import { json } from "@codemirror/lang-json";
import { indentOnInput } from "@codemirror/language";
import { setDecidingLine, setProblemAt } from "@/components/editor/deciding-line.ts";
import {
  type MountedTextEditor,
  mountTextEditor,
  type TextEditorSettings,
} from "@/components/editor/mount-text-editor.ts";
import { shortHashes } from "./short-hashes.ts";

export interface EditorSettings extends Omit<TextEditorSettings, "extensions" | "keys"> {
  readonly language: "json" | "plain";
}

export interface MountedEditor extends Omit<MountedTextEditor, "view"> {
  /** The deciding line from 1, and the UTF-16 index where reading stopped. */
  setMarks(decidingLine: number | null, problemAt: number | null): void;
}

/** Mounts an editor of the playground: JSON with hashes shortened, or plain text. */
export function mountEditor(
  parent: HTMLElement,
  { language, ...settings }: EditorSettings,
): MountedEditor {
  const { view, ...editor } = mountTextEditor(parent, {
    ...settings,
    extensions: [indentOnInput(), language === "json" ? [json(), shortHashes] : []],
    keys: [],
  });
  return {
    ...editor,
    setMarks: (decidingLine, problemAt) =>
      view.dispatch({
        effects: [setDecidingLine.of(decidingLine), setProblemAt.of(problemAt)],
      }),
  };
}

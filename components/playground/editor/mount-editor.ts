import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { editorMarks, setDecidingLine, setProblemAt } from "./deciding-line.ts";
import { editorLook } from "./editor-theme.ts";
import { shortHashes } from "./short-hashes.ts";

export interface EditorSettings {
  readonly label: string;
  readonly describedBy: string;
  readonly text: string;
  readonly language: "json" | "plain";
  readonly readOnly: boolean;
  readonly onChange: (text: string) => void;
}

export interface MountedEditor {
  /** Puts another text in place; `onChange` is not called for it. */
  setText(text: string): void;
  /** The deciding line from 1, and the UTF-16 index where reading stopped. */
  setMarks(decidingLine: number | null, problemAt: number | null): void;
  focus(): void;
  destroy(): void;
}

/**
 * Mounts CodeMirror in an element. Tab is left to the page, so that nobody is caught; hidden characters of a
 * hostile text are made visible. Loaded lazily: nothing outside this file imports the library.
 */
export function mountEditor(parent: HTMLElement, settings: EditorSettings): MountedEditor {
  let quiet = false;
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: settings.text,
      extensions: [
        lineNumbers(),
        editorMarks,
        history(),
        drawSelection(),
        highlightSpecialChars(),
        bracketMatching(),
        indentOnInput(),
        keymap.of([
          // Ctrl Enter evaluates: it belongs to the page, not to the text.
          ...defaultKeymap.filter((binding) => binding.key !== "Mod-Enter"),
          ...historyKeymap,
        ]),
        settings.language === "json" ? [json(), shortHashes] : [],
        settings.readOnly ? [EditorState.readOnly.of(true)] : [],
        editorLook,
        EditorView.contentAttributes.of({
          "aria-label": settings.label,
          "aria-describedby": settings.describedBy,
          // It can be reached without; said for whoever looks for what can be reached.
          tabindex: "0",
          spellcheck: "false",
          autocorrect: "off",
          autocapitalize: "off",
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !quiet) {
            settings.onChange(update.state.doc.toString());
          }
        }),
      ],
    }),
  });
  return {
    setText: (text) => {
      if (text === view.state.doc.toString()) {
        return;
      }
      quiet = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      quiet = false;
    },
    setMarks: (decidingLine, problemAt) =>
      view.dispatch({
        effects: [setDecidingLine.of(decidingLine), setProblemAt.of(problemAt)],
      }),
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

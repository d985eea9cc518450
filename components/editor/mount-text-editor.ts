import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightSpecialChars,
  type KeyBinding,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { editorMarks } from "./deciding-line.ts";
import { editorLook } from "./editor-theme.ts";

export interface TextEditorSettings {
  readonly label: string;
  /** Id of the element that describes it. */
  readonly describedBy: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** The language and what comes with it. */
  readonly extensions: readonly Extension[];
  /** Keys that win over those of every editor. */
  readonly keys: readonly KeyBinding[];
}

export interface MountedTextEditor {
  readonly view: EditorView;
  /** Puts another text in place; `onChange` is not called for it. */
  setText(text: string): void;
  focus(): void;
  destroy(): void;
}

/**
 * Mounts CodeMirror in an element, as every editor here. Tab is left to the page, so that nobody is caught;
 * hidden characters of a hostile text are made visible. Loaded lazily: only modules that are loaded lazily
 * themselves import the library.
 */
export function mountTextEditor(
  parent: HTMLElement,
  settings: TextEditorSettings,
): MountedTextEditor {
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
        ...settings.extensions,
        keymap.of([
          ...settings.keys,
          // Ctrl Enter evaluates or runs: it never belongs to the text.
          ...defaultKeymap.filter((binding) => binding.key !== "Mod-Enter"),
          ...historyKeymap,
        ]),
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
    view,
    setText: (text) => {
      if (text === view.state.doc.toString()) {
        return;
      }
      quiet = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      quiet = false;
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { PostgreSQL, type SQLNamespace, sql } from "@codemirror/lang-sql";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import {
  editorMarks,
  setDecidingLine,
  setProblemAt,
} from "@/components/playground/editor/deciding-line.ts";
import { editorLook } from "@/components/playground/editor/editor-theme.ts";
import { VIEW_DOCS } from "@/lib/workbench/view-docs.ts";

export interface SqlEditorSettings {
  readonly label: string;
  readonly describedBy: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
  readonly onStop: () => void;
  readonly functions: () => Promise<readonly string[]>;
}

export interface MountedSqlEditor {
  setText(text: string): void;
  /** Underlines the place where reading stopped, as a UTF-16 index, and puts the cursor there. */
  setProblem(at: number | null): void;
  insert(text: string): void;
  /** What is selected; null for nothing. */
  selected(): { readonly text: string; readonly from: number } | null;
  focus(): void;
  destroy(): void;
}

/** Keywords stand out by weight, texts by ink: hue is kept for trust and decisions. */
const SQL_WORDS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--ink)", fontWeight: "600" },
  { tag: [tags.lineComment, tags.blockComment], color: "var(--muted)", fontStyle: "italic" },
  { tag: [tags.string, tags.number, tags.bool, tags.null], color: "var(--accent)" },
]);

const LIST_LOOK = EditorView.theme({
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    border: "1px solid var(--border)",
    borderRadius: "6px",
    boxShadow: "0 8px 28px var(--popover-shadow)",
    color: "var(--ink)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--font-mono)", maxHeight: "16em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--selected)",
    color: "var(--ink)",
  },
  ".cm-completionIcon": { display: "none" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600" },
  ".cm-completionDetail": { color: "var(--muted)", fontStyle: "normal" },
  ".cm-tooltip.cm-completionInfo": {
    maxWidth: "300px",
    padding: "6px 8px",
    fontFamily: "var(--font-sans)",
  },
  ".cm-placeholder": { color: "var(--muted)" },
});

const SCHEMA: SQLNamespace = Object.fromEntries(
  VIEW_DOCS.map(({ name, meaning, columns }) => [
    name,
    {
      self: { label: name, type: "type", detail: "view", info: meaning },
      children: columns.map((column) => ({
        label: column.name,
        type: "property",
        detail: column.type,
        info: column.meaning,
      })),
    },
  ]),
);

/** Mounts the SQL editor. Tab is left to the page; loaded lazily, as every editor. */
export function mountSqlEditor(parent: HTMLElement, settings: SqlEditorSettings): MountedSqlEditor {
  let quiet = false;
  const language = sql({ dialect: PostgreSQL, schema: SCHEMA });
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
        autocompletion({ icons: false }),
        language,
        PostgreSQL.language.data.of({ autocomplete: columnSource }),
        PostgreSQL.language.data.of({ autocomplete: functionSource(settings.functions) }),
        keymap.of([
          { key: "Mod-Enter", run: () => call(settings.onRun) },
          { key: "Mod-.", run: () => call(settings.onStop) },
          ...completionKeymap,
          ...defaultKeymap.filter((binding) => binding.key !== "Mod-Enter"),
          ...historyKeymap,
        ]),
        placeholder("select … from receipts"),
        LIST_LOOK,
        syntaxHighlighting(SQL_WORDS),
        editorLook,
        EditorView.contentAttributes.of({
          "aria-label": settings.label,
          "aria-describedby": settings.describedBy,
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
      if (text !== view.state.doc.toString()) {
        quiet = true;
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
        quiet = false;
      }
    },
    setProblem: (at) => {
      const place = at === null ? null : Math.min(at, view.state.doc.length);
      view.dispatch({
        effects: [setDecidingLine.of(null), setProblemAt.of(place)],
        ...(place === null ? {} : { selection: { anchor: place }, scrollIntoView: true }),
      });
    },
    insert: (text) => {
      view.dispatch(view.state.replaceSelection(text));
      view.focus();
    },
    selected: () => {
      const { from, to } = view.state.selection.main;
      return from === to ? null : { text: view.state.sliceDoc(from, to), from };
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

function call(action: () => void): true {
  action();
  return true;
}

/** Columns of every view that the text names, without a table in front. */
function columnSource(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/[a-z_][a-z0-9_]*$/i);
  if (word === null) {
    return null;
  }
  const text = context.state.doc.toString().toLowerCase();
  const seen = new Set<string>();
  const options = VIEW_DOCS.filter(({ name }) => text.includes(name)).flatMap(({ name, columns }) =>
    columns.flatMap((column) => {
      if (seen.has(column.name)) {
        return [];
      }
      seen.add(column.name);
      return [
        {
          label: column.name,
          type: "property",
          detail: `${name} · ${column.type}`,
          info: column.meaning,
          boost: 1,
        },
      ];
    }),
  );
  return { from: word.from, options, validFor: /^[a-z0-9_]*$/i };
}

function functionSource(names: () => Promise<readonly string[]>) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const word = context.matchBefore(/[a-z][a-z0-9_]*$/i);
    if (word === null || word.to - word.from < 2) {
      return null;
    }
    const options = (await names()).map((name) => ({
      label: name,
      type: "function",
      detail: "function",
      apply: `${name}(`,
      boost: -1,
    }));
    return { from: word.from, options, validFor: /^[a-z0-9_]*$/i };
  };
}

import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  closeCompletion,
  completionKeymap,
} from "@codemirror/autocomplete";
import { PostgreSQL, type SQLNamespace, sql } from "@codemirror/lang-sql";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { setDecidingLine, setProblemAt } from "@/components/editor/deciding-line.ts";
import {
  type MountedTextEditor,
  mountTextEditor,
  type TextEditorSettings,
} from "@/components/editor/mount-text-editor.ts";
import { VIEW_DOCS } from "@/lib/workbench/view-docs.ts";

export interface SqlEditorSettings extends Omit<TextEditorSettings, "extensions" | "keys"> {
  readonly onRun: () => void;
  readonly onStop: () => void;
  readonly functions: () => Promise<readonly string[]>;
}

export interface MountedSqlEditor extends Omit<MountedTextEditor, "view"> {
  /** Underlines the place where reading stopped, as a UTF-16 index, and puts the cursor there. */
  setProblem(at: number | null): void;
  insert(text: string): void;
  /** What is selected; null for nothing. */
  selected(): { readonly text: string; readonly from: number } | null;
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

/** Mounts the editor of statements, which completes the names of views, columns and functions. */
export function mountSqlEditor(
  parent: HTMLElement,
  { onRun, onStop, functions, ...settings }: SqlEditorSettings,
): MountedSqlEditor {
  const { view, ...editor } = mountTextEditor(parent, {
    ...settings,
    extensions: [
      autocompletion({ icons: false }),
      sql({ dialect: PostgreSQL, schema: SCHEMA }),
      PostgreSQL.language.data.of({ autocomplete: columnSource }),
      PostgreSQL.language.data.of({ autocomplete: functionSource(functions) }),
      placeholder("select … from receipts"),
      LIST_LOOK,
      syntaxHighlighting(SQL_WORDS),
    ],
    keys: [
      {
        key: "Mod-Enter",
        run: (target) => {
          // Whoever runs is done with writing: no list of names over the text, nor one that comes late.
          closeCompletion(target);
          onRun();
          return true;
        },
      },
      {
        key: "Mod-.",
        run: () => {
          onStop();
          return true;
        },
      },
      ...completionKeymap,
    ],
  });
  return {
    ...editor,
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
  };
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

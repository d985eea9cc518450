import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** All colours are the page's tokens, so both themes and forced colours come with them. */
const LOOK = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "transparent", fontSize: "0.75rem" },
  "&.cm-focused": { outline: "2px solid var(--ring)", outlineOffset: "-2px" },
  ".cm-scroller": {
    fontFamily: "var(--font-mono)",
    fontFeatureSettings: '"zero"',
    fontVariantLigatures: "none",
    lineHeight: "18.5px",
    overflow: "auto",
  },
  ".cm-content": { padding: "8px 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 12px 0 6px" },
  ".cm-gutters": {
    backgroundColor: "transparent",
    color: "var(--muted)",
    border: "none",
    fontSize: "0.6875rem",
  },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 2px 0 14px", minWidth: "34px" },
  ".cm-deciding-gutter": { width: "14px", color: "var(--denied)" },
  ".cm-deciding-gutter .cm-gutterElement": { padding: "0 0 0 3px" },
  ".cm-deciding-line": { backgroundColor: "var(--denied-tint)" },
  ".cm-problem": {
    textDecoration: "underline dotted var(--ink)",
    textDecorationThickness: "2px",
    textUnderlineOffset: "3px",
  },
  ".cm-short-hash": { color: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { backgroundColor: "var(--selected)" },
  ".cm-matchingBracket": { backgroundColor: "transparent" },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "transparent",
    outline: "1px solid var(--strong)",
  },
});

/** Ink for what a person reads, quieter for the names of members; weight, not hue, tells values apart. */
const WORDS = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--fact)" },
  { tag: tags.string, color: "var(--ink)", fontWeight: "500" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--ink)", fontWeight: "500" },
  {
    tag: [tags.separator, tags.squareBracket, tags.brace, tags.punctuation],
    color: "var(--muted)",
  },
]);

export const editorLook: Extension = [LOOK, syntaxHighlighting(WORDS)];

import { type Extension, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, gutter } from "@codemirror/view";

/** The line that decided, from 1; null where no line of this text did. */
export const setDecidingLine = StateEffect.define<number | null>();
/** The place from which on the text cannot be read, as a UTF-16 index. */
export const setProblemAt = StateEffect.define<number | null>();

const LINE = Decoration.line({ class: "cm-deciding-line" });
const PROBLEM = Decoration.mark({ class: "cm-problem" });

class Arrow extends GutterMarker {
  override toDOM(): Node {
    return document.createTextNode("▶");
  }
}
const ARROW = new Arrow();

const decidingField = StateField.define<number | null>({
  create: () => null,
  update: (position, transaction) => {
    let next = position === null ? null : transaction.changes.mapPos(position);
    for (const effect of transaction.effects) {
      if (effect.is(setDecidingLine)) {
        const { doc } = transaction.state;
        const line = effect.value;
        next = line === null || line < 1 || line > doc.lines ? null : doc.line(line).from;
      }
    }
    return next;
  },
  provide: (field) =>
    EditorView.decorations.compute([field], (state) => {
      const position = state.field(field);
      return position === null
        ? Decoration.none
        : Decoration.set(LINE.range(state.doc.lineAt(position).from));
    }),
});

const problemField = StateField.define<number | null>({
  create: () => null,
  update: (position, transaction) => {
    let next = position === null ? null : transaction.changes.mapPos(position);
    for (const effect of transaction.effects) {
      if (effect.is(setProblemAt)) {
        next = effect.value;
      }
    }
    return next;
  },
  provide: (field) =>
    EditorView.decorations.compute([field], (state) => {
      const at = state.field(field);
      const { length } = state.doc;
      if (at === null || length === 0) {
        return Decoration.none;
      }
      const from = Math.min(at, length - 1);
      // The word that stands there, or where none does a stretch that is long enough to be seen.
      const word = state.wordAt(from)?.to ?? from;
      const end = word > from ? word : Math.min(state.doc.lineAt(from).to, from + 24);
      const to = Math.max(from + 1, end);
      return Decoration.set(PROBLEM.range(from, Math.min(to, length)));
    }),
});

const arrows = gutter({
  class: "cm-deciding-gutter",
  markers: (view) => {
    const position = view.state.field(decidingField);
    return position === null
      ? RangeSet.empty
      : RangeSet.of(ARROW.range(view.state.doc.lineAt(position).from));
  },
  initialSpacer: () => ARROW,
});

/** Marks on a text: the deciding line with its arrow, and where reading stopped. */
export const editorMarks: Extension = [decidingField, problemField, arrows];

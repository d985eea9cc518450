import { type Extension, type Range, RangeSetBuilder } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from "@codemirror/view";

/** Hexadecimal of 32 digits and more, as keys, hashes and signatures are written. */
const HASH = /[0-9a-f]{32,}/gi;
const KEPT = 4;

class Ellipsis extends WidgetType {
  override toDOM(): HTMLElement {
    const dots = document.createElement("span");
    dots.textContent = "…";
    dots.className = "cm-short-hash";
    return dots;
  }

  override eq(): boolean {
    return true;
  }
}

const HIDDEN = Decoration.replace({ widget: new Ellipsis() });

/**
 * Draws `0b51…9f2d` for a long hash on every line but those with the cursor: nobody reads 64 digits, and the
 * text itself, which is what counts, stays whole.
 */
export const shortHashes: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }

    update(update: ViewUpdate): void {
      if (
        update.docChanged ||
        update.selectionSet ||
        update.viewportChanged ||
        update.focusChanged
      ) {
        this.decorations = decorate(update.view);
      }
    }
  },
  {
    decorations: (plugin) => plugin.decorations,
    provide: (plugin) =>
      EditorView.atomicRanges.of((view) => view.plugin(plugin)?.decorations ?? Decoration.none),
  },
);

function decorate(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of hiddenRanges(view)) {
    builder.add(from, to, HIDDEN);
  }
  return builder.finish();
}

function hiddenRanges(view: EditorView): readonly Pick<Range<Decoration>, "from" | "to">[] {
  const { doc, selection } = view.state;
  return view.visibleRanges.flatMap(({ from, to }) =>
    [...doc.sliceString(from, to).matchAll(HASH)].flatMap(({ 0: found, index }) => {
      const start = from + index;
      const line = doc.lineAt(start);
      const touched =
        view.hasFocus &&
        selection.ranges.some((range) => range.from <= line.to && range.to >= line.from);
      return touched ? [] : [{ from: start + KEPT, to: start + found.length - KEPT }];
    }),
  );
}

import { useCallback, useEffect, useRef, useState } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { spokenItem } from "@/lib/display/chain-words.ts";
import { itemOf } from "@/lib/graph/item-of.ts";
import { BUDGET, type ChainView, type ItemKey } from "@/lib/graph/model.ts";
import { landed, type Move, openingOf, step, type WaitingStep } from "@/lib/graph/navigate.ts";
import { type ChainPageState, walkedFrom, withOpened } from "./page-fragment.ts";

/** Visited items that are remembered, so that an arrow leads back where one came from. */
const TRAIL = 400;

interface Waiting {
  readonly step: WaitingStep;
  readonly opened: ItemKey;
}

interface Walk {
  readonly select: (key: ItemKey | null) => void;
  /** The same for whoever does not see where the selection went. */
  readonly selectAloud: (key: ItemKey | null) => void;
  /** Follows an arrow and says where it led. */
  readonly move: (move: Move) => void;
  /** Opens a stub or a fold; the first of what appears is selected. */
  readonly open: (key: ItemKey) => void;
  /** Opens the selected stub or fold, or closes what was opened at the selected item, or last. */
  readonly fold: () => void;
  readonly focusOn: (key: ItemKey) => void;
  /** For whoever does not see the picture. */
  readonly said: string;
}

/**
 * What can be done in a view. Selections replace the address, walks and what is opened are steps in it.
 *
 * @param isCurrent false while the view on the page is still the one before the last change
 */
export function useWalk(
  view: ChainView | null,
  isCurrent: boolean,
  state: ChainPageState,
  change: (next: Partial<ChainPageState>, how: "push" | "replace") => void,
): Walk {
  const trail = useRef<ItemKey[]>([]);
  const waiting = useRef<Waiting | null>(null);
  const [said, setSaid] = useState("");
  const { selected, opened, focus } = state;

  useEffect(() => {
    if (selected !== null) trail.current = [...trail.current, selected].slice(-TRAIL);
  }, [selected]);

  const say = useCallback((shown: ChainView, key: ItemKey) => {
    const item = shown.items.find((each) => each.key === key);
    if (item !== undefined) setSaid(visibleText(spokenItem(shown, item).slice(0, 600)));
  }, []);
  const select = useCallback(
    (key: ItemKey | null) => change({ selected: key }, "replace"),
    [change],
  );
  const go = useCallback(
    (shown: ChainView, key: ItemKey) => {
      say(shown, key);
      select(key);
    },
    [say, select],
  );

  useEffect(() => {
    const wait = waiting.current;
    if (wait === null || view === null || !isCurrent) return;
    if (!view.request.opened.includes(wait.opened)) return;
    waiting.current = null;
    const key = landed(view, wait.step, trail.current);
    if (key !== null) go(view, key);
    else if (view.refused.includes(wait.opened)) {
      setSaid(`Not drawn: the picture holds ${BUDGET.drawn} items.`);
    }
  }, [view, isCurrent, go]);

  const begin = (key: ItemKey, wait: WaitingStep | null): void => {
    waiting.current = wait === null ? null : { step: wait, opened: key };
    change({ opened: withOpened(opened, key) }, "push");
  };
  const open = (key: ItemKey): void => {
    if (view !== null) begin(key, openingOf(view, key));
  };
  return {
    select,
    selectAloud: (key) => {
      if (key === null) setSaid("Nothing is selected.");
      else if (view !== null) say(view, key);
      select(key);
    },
    said,
    open,
    move: (move) => {
      if (view === null) return;
      const from = itemOf(view, selected);
      if (from === null) {
        if (focus !== null) go(view, focus);
        return;
      }
      const next = step(view, from, move, trail.current);
      if (next === null) setSaid(NOWHERE[move]);
      else if (next.kind === "select") go(view, next.key);
      else begin(next.stub, next.waiting);
    },
    fold: () => {
      const at = view === null ? null : itemOf(view, selected);
      const item = view?.items.find(({ key }) => key === at);
      if (item?.kind === "stub" || item?.kind === "fold") return open(item.key);
      const closed = lastOpenedAt(view, opened, selected) ?? opened.at(-1);
      if (closed === undefined) return;
      change({ opened: opened.filter((key) => key !== closed) }, "push");
      setSaid("Folded again.");
    },
    focusOn: (key) => {
      if (key !== focus) change(walkedFrom(key), "push");
    },
  };
}

/** What was opened last at an item, or beside it at one of its causes. */
function lastOpenedAt(
  view: ChainView | null,
  opened: readonly ItemKey[],
  key: ItemKey | null,
): ItemKey | undefined {
  if (view === null || key === null) return undefined;
  const causes = view.edges.flatMap(({ from, to }) => (to === key ? [from] : []));
  const owners = new Set([key, ...causes]);
  // `s:c:r7` and `f:r7:name` both name the item that they hang on.
  return opened.findLast((each) => {
    const [kind, first = "", second = ""] = each.split(":", 3);
    return owners.has(kind === "s" ? second : first);
  });
}

const NOWHERE: Readonly<Record<Move, string>> = {
  left: "No cause is known.",
  right: "Nothing came of it.",
  up: "Nothing else above has this cause.",
  down: "Nothing else below has this cause.",
};

import { type RefObject, useEffect, useRef, useState } from "react";
import type { ItemKey } from "@/lib/graph/model.ts";

export interface Hover {
  /** What the pointer has rested on. */
  readonly key: ItemKey | null;
  /** The pointer is over an item, rested or not. */
  readonly isOver: boolean;
  /** The pointer came to an item, or left it. */
  readonly rest: (key: ItemKey | null) => void;
}

/** How long the pointer rests before anything is shown, in milliseconds. */
const REST = 400;

export function useHover(): Hover {
  const [key, setKey] = useState<ItemKey | null>(null);
  const [isOver, setOver] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => stop(timer), []);
  const rest = (next: ItemKey | null): void => {
    stop(timer);
    setKey(null);
    setOver(next !== null);
    if (next !== null) timer.current = setTimeout(() => setKey(next), REST);
  };
  return { key, isOver, rest };
}

function stop(timer: RefObject<ReturnType<typeof setTimeout> | null>): void {
  if (timer.current !== null) clearTimeout(timer.current);
  timer.current = null;
}

"use client";

import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useRef,
} from "react";
import { singleKeysAreOn } from "@/components/frame/use-keys.ts";
import type { ChainView, ItemKey } from "@/lib/graph/model.ts";
import type { Move } from "@/lib/graph/navigate.ts";
import { ChainPicture, type PictureControls } from "./picture/chain-picture.tsx";

const MOVES: ReadonlyMap<string, Move> = new Map([
  ["ArrowLeft", "left"],
  ["ArrowRight", "right"],
  ["ArrowUp", "up"],
  ["ArrowDown", "down"],
]);

/** After a new view, in milliseconds: what stays in the picture has moved to its place by then. */
const SETTLED = 260;

interface GraphSurfaceProps {
  readonly view: ChainView;
  /** What is drawn, in words. */
  readonly label: string;
  readonly selected: ItemKey | null;
  readonly path: ReadonlySet<ItemKey>;
  readonly picture: RefObject<PictureControls | null>;
  readonly onSelect: (key: ItemKey | null) => void;
  readonly onMove: (move: Move) => void;
  readonly onOpen: (key: ItemKey) => void;
  readonly onFold: () => void;
  readonly onFocusChain: (key: ItemKey) => void;
}

/** The picture with its keys: one tab stop, arrows follow the links. */
export function GraphSurface(props: GraphSurfaceProps): ReactNode {
  const { view, selected, picture, onSelect } = props;
  const help = useId();
  /** What was selected on the picture itself is in sight already. */
  const pressed = useRef<ItemKey | null>(null);
  useEffect(() => {
    if (selected !== null && selected !== pressed.current) picture.current?.reveal(selected);
    pressed.current = null;
  }, [selected, picture]);

  // A cut, another depth or direction may leave nothing where one looked.
  const { focus, direction, depth, lanes, cut } = view.request;
  const walked = [focus, direction, depth, lanes, cut].join(" ");
  const target = view.items.some(({ key }) => key === selected) ? selected : focus;
  const before = useRef(walked);
  useEffect(() => {
    if (before.current === walked || target === null) return;
    before.current = walked;
    const timer = setTimeout(() => picture.current?.reveal(target), SETTLED);
    return () => clearTimeout(timer);
  }, [walked, target, picture]);

  const enter = (): void => {
    const item = view.items.find(({ key }) => key === selected);
    if (item === undefined) return;
    if (item.kind === "stub" || item.kind === "fold") props.onOpen(item.key);
    else props.onFocusChain(item.key);
  };
  const key = (event: KeyboardEvent): void => {
    // The picture's own buttons take their keys themselves.
    if (event.target !== event.currentTarget) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const move = MOVES.get(event.key);
    if (move !== undefined) props.onMove(move);
    else if (event.key === "Enter") enter();
    else if (event.key === " ") props.onFold();
    else if (event.key === "Home") onSelect(view.request.focus);
    else if (event.key === "Escape" && selected !== null) onSelect(null);
    else if (event.key === "f" && singleKeysAreOn()) picture.current?.fit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="relative h-full min-h-0 print:h-auto">
      <div
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture is walked by arrows and has one tab stop.
        tabIndex={0}
        aria-label={`Chain of ${props.label}`}
        aria-describedby={help}
        aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown Enter Space Home Escape f"
        onKeyDown={key}
        className="absolute inset-0 focus-visible:-outline-offset-2 print:static"
      >
        <p id={help} className="sr-only">
          Left and right lead to causes and consequences, up and down to what has the same cause.
          Enter opens what is not drawn, or walks from the selected step. Tree and table say the
          same in words.
        </p>
        <ChainPicture
          view={view}
          selected={selected}
          path={props.path}
          label={props.label}
          onSelect={(next) => {
            pressed.current = next;
            onSelect(next);
          }}
          onOpen={props.onOpen}
          onFocusChain={props.onFocusChain}
          controls={picture}
        />
      </div>
    </div>
  );
}

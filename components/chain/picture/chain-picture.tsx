"use client";

import { useImperativeHandle, useRef } from "react";
import type { ChainView, ItemKey } from "@/lib/graph/model.ts";

/** What the page can do with the picture. */
export interface PictureControls {
  /** The whole picture in view. */
  fit(): void;
  zoomIn(): void;
  zoomOut(): void;
  /** Brings an item into view without changing the zoom, unless it is too small to be read. */
  reveal(key: ItemKey): void;
  /** The picture as a document of its own, lanes and labels in it, in the colours of the page. */
  svg(): string;
  /** The same as pixels: twice the size, at most 8,192 a side. Rejects where the browser cannot draw it. */
  png(): Promise<Blob>;
}

export interface ChainPictureProps {
  readonly view: ChainView;
  readonly selected: ItemKey | null;
  /** Items on the selected item's way to its root causes, every branch; empty dims nothing. */
  readonly path: ReadonlySet<ItemKey>;
  /** What the picture shows, for whoever cannot see it: tree and table say the rest. */
  readonly label: string;
  readonly onSelect: (key: ItemKey | null) => void;
  /** A stub or a fold was double-clicked. */
  readonly onOpen: (key: ItemKey) => void;
  /** A receipt was double-clicked: make it the one that the chain is walked from. */
  readonly onFocusChain: (key: ItemKey) => void;
  readonly controls: React.Ref<PictureControls>;
}

/** Fetches the library that draws, so that the first picture needs no network. */
export async function warmPicture(): Promise<void> {
  await import("cytoscape");
}

/**
 * The chain drawn on a canvas. It mirrors what tree and table say and is hidden from the accessibility tree;
 * the keyboard belongs to the page around it.
 */
export function ChainPicture({ label, controls }: ChainPictureProps) {
  const holder = useRef<HTMLDivElement>(null);
  useImperativeHandle(
    controls,
    () => ({
      fit: () => undefined,
      zoomIn: () => undefined,
      zoomOut: () => undefined,
      reveal: () => undefined,
      svg: () => "",
      png: () => Promise.reject(new Error("The picture is not drawn yet.")),
    }),
    [],
  );
  return <div ref={holder} role="img" aria-label={label} className="relative size-full" />;
}

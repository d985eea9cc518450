import { type RefObject, useEffect, useRef, useState } from "react";
import type { ChainView } from "@/lib/graph/model.ts";
import type { Theme } from "@/lib/graph/tokens.ts";
import type { Marks } from "./marks.ts";
import type { MountedPicture } from "./mount-picture.ts";
import type { PictureActs } from "./picture-acts.ts";

interface PictureSettings {
  readonly holder: RefObject<HTMLElement | null>;
  readonly details: RefObject<HTMLCanvasElement | null>;
  readonly view: ChainView;
  readonly marks: Marks;
  readonly theme: Theme;
  readonly acts: PictureActs;
  readonly onProblem: () => void;
}

/** The drawing library in its holder, and the view in it; null until both have come. */
export function useMountedPicture(settings: PictureSettings): MountedPicture | null {
  const { holder, details, view, marks, theme } = settings;
  const [picture, setPicture] = useState<MountedPicture | null>(null);
  const latest = useRef(settings);
  useEffect(() => {
    latest.current = settings;
  });
  useEffect(() => {
    let mounted: MountedPicture | null = null;
    let isGone = false;
    const mount = async (): Promise<void> => {
      const [{ mountPicture }] = await Promise.all([import("./mount-picture.ts"), fonts()]);
      if (isGone || holder.current === null || details.current === null) return;
      mounted = mountPicture(holder.current, details.current, latest.current.theme, {
        onTap: (key) => latest.current.acts.onTap(key),
        onActivate: (key) => latest.current.acts.onActivate(key),
        onHover: (key) => latest.current.acts.onHover(key),
      });
      setPicture(mounted);
    };
    mount().catch(() => {
      if (!isGone) latest.current.onProblem();
    });
    return () => {
      isGone = true;
      mounted?.destroy();
      setPicture(null);
    };
  }, [holder, details]);
  useEffect(() => picture?.restyle(theme), [picture, theme]);
  // Before the view: what is selected stays where it is when the view changes with it.
  useEffect(() => picture?.mark(marks), [picture, marks]);
  useEffect(() => picture?.show(view), [picture, view]);
  return picture;
}

/** A canvas draws with whatever font is there: it is not drawn again when a better one comes. */
async function fonts(): Promise<void> {
  await Promise.allSettled([
    document.fonts.load('600 12px "Inter Variable"'),
    document.fonts.load('400 9px "JetBrains Mono Variable"'),
  ]);
}

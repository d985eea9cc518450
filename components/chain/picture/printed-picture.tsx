import { useEffect, useState } from "react";
import type { ChainView } from "@/lib/graph/model.ts";
import { chainSvg } from "@/lib/graph/svg.ts";
import type { Marks } from "./marks.ts";

interface PrintedPictureProps {
  readonly view: ChainView;
  readonly marks: Marks;
  readonly label: string;
}

/** After the last change, in milliseconds: nobody prints while the picture grows. */
const SETTLED = 600;

/**
 * What is printed instead of the canvas: the whole picture, sharp, in the light colours. A browser that prints
 * waits for no image that is made then, so it is kept at hand; it is decoded only when it is shown.
 */
export function PrintedPicture({ view, marks, label }: PrintedPictureProps) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      const svg = chainSvg(view, { theme: "light", title: label, ...marks });
      setAddress(URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" })));
    }, SETTLED);
    return () => clearTimeout(timer);
  }, [view, marks, label]);
  return address === null ? null : (
    // biome-ignore lint/performance/noImgElement: a drawing made here has nothing to optimise.
    <img
      src={address}
      alt={label}
      // Not before: an address that is taken back while it is read is an error on the console.
      onLoad={() => URL.revokeObjectURL(address)}
      className="hidden max-h-screen w-full object-contain object-left-top print:block"
    />
  );
}

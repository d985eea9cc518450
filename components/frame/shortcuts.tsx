"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useFrame } from "./frame-context.tsx";
import { PAGES } from "./pages.ts";
import { nextTheme } from "./theme.ts";
import { useSingleKeys } from "./use-keys.ts";

/** How long `g` waits for its second key, in milliseconds. */
const SEQUENCE = 1200;

/** Shortcuts that work on every page. */
export function Shortcuts() {
  const router = useRouter();
  const frame = useFrame();
  const pressedG = useRef(0);

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        frame.show("omnibox");
      } else if (event.altKey && event.shiftKey && event.code === "KeyT") {
        event.preventDefault();
        nextTheme();
      }
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [frame]);

  useSingleKeys((event) => {
    const waited = event.timeStamp - pressedG.current;
    pressedG.current = 0;
    if (waited < SEQUENCE) {
      const page = PAGES.find((each) => each.key === event.key);
      if (page !== undefined) router.push(page.href);
      return page !== undefined;
    }
    switch (event.key) {
      case "g":
        pressedG.current = event.timeStamp;
        return true;
      case "/":
        frame.show("omnibox");
        return true;
      case "?":
        frame.show("keys");
        return true;
      case "o":
        frame.chooseFiles();
        return true;
      default:
        return false;
    }
  });
  return null;
}

"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { currentLive } from "@/lib/live/current-live.ts";
import { currentDesk } from "@/lib/playground/current-desk.ts";
import { warmWorkbench } from "@/lib/queries/workbench.ts";
import { warmAlerts } from "@/lib/session/alerts.ts";
import { whenIdle } from "@/lib/session/offline-ready.ts";
import { PAGES } from "./pages.ts";

/**
 * Fetches what a page loads lazily while the browser is idle, before the page says that it is offline ready:
 * nothing may be asked of the network after that.
 */
export function WarmParts() {
  const router = useRouter();
  useEffect(() => {
    // A link fetches its page when it is first seen: on a phone half of them lie beyond the edge.
    for (const { href } of PAGES) {
      router.prefetch(href);
    }
  }, [router]);
  useEffect(() => {
    const warm = async (): Promise<void> => {
      await whenIdle();
      currentDesk().warm();
      currentLive().warm();
      await Promise.all([warmAlerts(), import("@/lib/rules/read-rules.ts")]);
      await import("@/components/playground/editor/mount-editor.ts");
      await import("@/components/sql/mount-sql-editor.ts");
      await import("@/components/sql/draw-chart.ts");
      await warmWorkbench();
      const { warmPicture } = await import("@/components/chain/picture/chain-picture.tsx");
      await warmPicture();
    };
    // A part that did not come is asked for again by the page that needs it.
    warm().catch(() => undefined);
  }, []);
  return null;
}

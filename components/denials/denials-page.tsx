"use client";

import type { ReactNode } from "react";
import { LoadedPage } from "@/components/receipts/loaded-page.tsx";
import { DenialsDesk } from "./denials-desk.tsx";

const EMPTY =
  "Load a dead-letter topic, as whatever tool exported it, or a receipt log. What was denied is grouped here by who asked for what, and why it was refused.";

/** The Denials page: what agents were not allowed to do. */
export function DenialsPage(): ReactNode {
  return (
    <LoadedPage title="Denials" empty={EMPTY}>
      <DenialsDesk />
    </LoadedPage>
  );
}

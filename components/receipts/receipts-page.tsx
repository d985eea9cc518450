"use client";

import type { ReactNode } from "react";
import { LoadedPage } from "./loaded-page.tsx";
import { ReceiptsBrowser } from "./receipts-browser.tsx";

const EMPTY =
  "Load a log or an evidence folder. Every receipt in it is listed here, with what its signature covers and what it does not.";

/** The Receipts page: every receipt behind the verdict. */
export function ReceiptsPage(): ReactNode {
  return (
    <LoadedPage title="Receipts" empty={EMPTY}>
      <ReceiptsBrowser />
    </LoadedPage>
  );
}

import type { ReactNode } from "react";
import { MakeLogDialog } from "@/components/open/make-log-dialog.tsx";
import { PasteDialog } from "@/components/open/paste-dialog.tsx";
import { Announcer } from "./announcer.tsx";
import { DropLayer } from "./drop-layer.tsx";
import { FrameProvider } from "./frame-context.tsx";
import { KeySheet } from "./key-sheet.tsx";
import { LedgerDialog } from "./ledger-dialog.tsx";
import { NoticeBar } from "./notice-bar.tsx";
import { Omnibox } from "./omnibox.tsx";
import { Rail } from "./rail.tsx";
import { Shortcuts } from "./shortcuts.tsx";
import { StatusLine } from "./status-line.tsx";
import { TopBar } from "./top-bar.tsx";
import { TrustDialog } from "./trust-dialog.tsx";
import { WarmParts } from "./warm-parts.tsx";

/** What stands around every page: find, trust and privacy on top, nouns at the left, machine truth below. */
export function Frame({ children }: { readonly children: ReactNode }) {
  return (
    <FrameProvider>
      <div className="relative flex h-dvh flex-col overflow-clip print:block print:h-auto print:overflow-visible">
        <a
          href="#page"
          className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-surface focus:p-2"
        >
          Skip to the page
        </a>
        <TopBar />
        <div className="flex min-h-0 flex-1 max-sm:flex-col print:block">
          <Rail />
          <div className="flex min-h-0 min-w-0 flex-1 flex-col">
            <NoticeBar />
            <main
              id="page"
              tabIndex={-1}
              className="relative min-h-0 flex-1 overflow-auto outline-none print:overflow-visible"
            >
              {children}
            </main>
          </div>
        </div>
        <StatusLine />
      </div>
      <DropLayer />
      <Shortcuts />
      <Announcer />
      <Omnibox />
      <KeySheet />
      <TrustDialog />
      <LedgerDialog />
      <PasteDialog />
      <MakeLogDialog />
      <WarmParts />
    </FrameProvider>
  );
}

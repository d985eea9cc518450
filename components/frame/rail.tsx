"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { AlertBadge } from "@/components/rules/alert-badge.tsx";
import { StatusIcon } from "@/components/seal/status-icon.tsx";
import { classNames } from "@/components/ui/class-names.ts";
import { useAlerts } from "@/lib/queries/rules.ts";
import { useSession } from "@/lib/queries/session.ts";
import { PageIcon } from "./page-icon.tsx";
import { PAGES } from "./pages.ts";

/** The pages, with icon and word: at the left of a wide screen, at the bottom of a phone. */
export function Rail() {
  const path = usePathname();
  const fails = useSession(({ verdict }) => verdict?.report.headline === "does-not-verify");
  const fired = useAlerts().total;
  return (
    <nav
      aria-label="Pages"
      className="no-print flex w-[72px] shrink-0 flex-col gap-0.5 border-border border-r bg-surface overflow-y-auto p-1 pt-2 max-sm:order-last max-sm:h-15 max-sm:w-full max-sm:flex-row max-sm:border-t max-sm:overflow-x-auto max-sm:border-r-0 max-sm:p-1"
    >
      {PAGES.map((page) => {
        const here = path === page.href;
        return (
          <Link
            key={page.href}
            href={page.href}
            aria-current={here ? "page" : undefined}
            className={classNames(
              "relative flex h-[50px] shrink-0 flex-col items-center justify-center gap-1 rounded-card font-medium text-12 transition-colors max-sm:min-w-16 max-sm:flex-1",
              here ? "bg-selected text-accent" : "text-fact hover:bg-sunken",
            )}
          >
            <span className="relative">
              <PageIcon href={page.href} />
              {page.href === "/verify" && fails ? (
                <span className="-top-1 -right-3.5 absolute">
                  <StatusIcon status="does-not-verify" size={17} labelled />
                </span>
              ) : null}
              {page.href === "/rules" ? <AlertBadge fired={fired} /> : null}
            </span>
            {page.word}
          </Link>
        );
      })}
    </nav>
  );
}

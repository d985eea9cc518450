"use client";

import { CircleHelp, CloudOff, KeyRound, Search } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";
import { useLive } from "@/components/live/use-live.ts";
import { Button } from "@/components/ui/button.tsx";
import { chipStyle } from "@/components/ui/chip-style.ts";
import { KeyCap } from "@/components/ui/key-cap.tsx";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { pinnedKeyCount } from "@/lib/display/trust-words.ts";
import { useSession } from "@/lib/queries/session.ts";
import { Brand } from "./brand.tsx";
import { useFrame } from "./frame-context.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

/** Find, trust, privacy. */
export function TopBar() {
  const frame = useFrame();
  const pinned = useSession(({ trust }) => pinnedKeyCount(trust));
  const offered = useSession(({ trust }) => trust.offered.length);
  const sent = useSession(({ machine }) => machine.requestsSent);
  const asked = useLive(({ requestsAsked }) => requestsAsked);
  return (
    <header className="no-print flex h-12 shrink-0 items-center gap-2 border-border border-b bg-surface px-6 max-sm:h-14 max-sm:px-4">
      <div className="w-[204px] shrink-0 max-lg:w-auto">
        <Brand />
      </div>
      <AriaButton
        onPress={() => frame.show("omnibox")}
        className="ml-3 flex h-8 w-[520px] min-w-8 shrink cursor-pointer items-center gap-2.5 rounded-control border border-border bg-bg px-2.5 text-13 text-muted hover:border-strong max-sm:hidden"
      >
        <Search aria-hidden="true" size={16} className="shrink-0" />
        <span className="truncate">Find a receipt, hash, agent or tool</span>
        <span
          aria-hidden="true"
          className="ml-auto flex shrink-0 items-center gap-2 text-12 max-lg:hidden"
        >
          <span>&gt; command</span>
          <span># id</span>
          <KeyCap>Ctrl K</KeyCap>
        </span>
      </AriaButton>
      <div className="ml-auto flex shrink-0 items-center gap-2 max-sm:gap-1">
        <AriaButton
          onPress={() => frame.show("trust")}
          className={chipStyle(pinned > 0, "max-[360px]:px-2")}
          aria-label={
            offered > 0
              ? `${pinned === 0 ? "No key" : plural(pinned, "key")} pinned, ${plural(offered, "trust file")} offered`
              : `${pinned === 0 ? "No key" : plural(pinned, "key")} pinned`
          }
        >
          <KeyRound aria-hidden="true" size={15} />
          <span>
            {pinned === 0 ? "No key" : plural(pinned, "key")}
            <span className="max-sm:hidden"> pinned</span>
          </span>
          {offered > 0 ? <span className="text-muted">+{formatCount(offered)} offered</span> : null}
        </AriaButton>
        <AriaButton
          onPress={() => frame.show("ledger")}
          className={chipStyle(false, "max-[360px]:px-2")}
        >
          <CloudOff aria-hidden="true" size={15} />
          {formatCount(sent)} sent{asked > 0 ? `, ${formatCount(asked)} asked` : ""}
        </AriaButton>
        <span className="contents max-[400px]:hidden">
          <ThemeSwitch />
        </span>
        <span className="max-sm:hidden">
          <Button variant="icon" aria-label="Keys of this page" onPress={() => frame.show("keys")}>
            <CircleHelp aria-hidden="true" size={16} />
          </Button>
        </span>
        <span className="sm:hidden">
          <Button variant="icon" aria-label="Find" onPress={() => frame.show("omnibox")}>
            <Search aria-hidden="true" size={16} />
          </Button>
        </span>
      </div>
    </header>
  );
}

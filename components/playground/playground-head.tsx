"use client";

import { ChevronDown } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import {
  Button as AriaButton,
  Menu,
  MenuItem,
  MenuTrigger,
  Popover,
  Text,
} from "react-aria-components";
import { receiptsAddress } from "@/components/receipts/page-fragment.ts";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { Button } from "@/components/ui/button.tsx";
import { buttonStyle } from "@/components/ui/button-style.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import { currentDesk } from "@/lib/playground/current-desk.ts";
import { draftOfScenario, type Origin } from "@/lib/playground/draft.ts";
import { SCENARIOS } from "@/lib/playground/scenarios.ts";
import { useDesk } from "./use-desk.ts";

/** What the page is about just now, and its two actions. */
export function PlaygroundHead(): ReactNode {
  const outcome = useDesk((state) => state.outcome);
  const origin = useDesk((state) => state.draft.origin);
  const edited = useDesk((state) => state.draft !== state.source);
  const question =
    outcome?.kind !== "judged"
      ? "What would the kernel decide?"
      : outcome.denial === null
        ? "Why was it allowed?"
        : "Why was it denied?";
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2 px-[18px] py-2.5 max-sm:px-3">
      <h1 className="font-semibold text-20 tracking-[-0.01em]">{question}</h1>
      <p className="min-w-0 text-13 text-muted [overflow-wrap:anywhere]">
        <OriginWords origin={origin} />
        {edited ? ". Edited since" : ""}
      </p>
      <div className="ml-auto flex gap-2 max-sm:ml-0 max-sm:w-full">
        <ScenarioMenu />
        <Button
          variant="primary"
          className="max-sm:flex-1"
          onPress={() => currentDesk().evaluate()}
        >
          Evaluate
          <kbd className="inline-flex h-5 items-center rounded-control border border-muted px-1.5 font-mono text-11 max-sm:hidden">
            Ctrl ↵
          </kbd>
        </Button>
      </div>
    </header>
  );
}

function OriginWords({ origin }: { readonly origin: Origin }): ReactNode {
  if (origin.kind === "scenario") {
    return <>Scenario: {origin.title.toLowerCase()}</>;
  }
  return (
    <>
      From {origin.denied ? "denial" : "receipt"}{" "}
      <Link
        href={receiptsAddress({}, origin.row)}
        className="font-mono text-accent underline-offset-2 hover:underline"
      >
        {visibleText(origin.name)}
      </Link>
      {origin.timestamp === null ? "" : `, ${formatDateTime(origin.timestamp)} UTC`}
      {CAPABILITY_WORDS[origin.capability]}
    </>
  );
}

const CAPABILITY_WORDS = {
  token: ", with the capability it presented",
  lineage: ", with the capability as the store describes it, unsigned",
  template: ". Capability not loaded: the one at the left is a template that grants nothing",
} as const;

function ScenarioMenu(): ReactNode {
  return (
    <MenuTrigger>
      <AriaButton className={buttonStyle("secondary", false, "max-sm:flex-1")}>
        Load a scenario
        <ChevronDown aria-hidden="true" size={14} />
      </AriaButton>
      <Popover
        placement="bottom end"
        className="w-[min(340px,calc(100vw-24px))] rounded-card border border-border bg-raised p-1 shadow-popover"
      >
        <Menu
          aria-label="Scenarios"
          className="outline-none"
          onAction={(key) => {
            const scenario = SCENARIOS.find((each) => each.name === key);
            if (scenario !== undefined) currentDesk().place(draftOfScenario(scenario));
          }}
        >
          {SCENARIOS.map((scenario) => (
            <MenuItem
              key={scenario.name}
              id={scenario.name}
              textValue={scenario.title}
              className="flex min-h-9 cursor-pointer items-center gap-3 rounded-control px-2.5 text-13 outline-none data-[focused]:bg-selected"
            >
              <Text slot="label">{scenario.title}</Text>
              <Text slot="description" className="ml-auto shrink-0 text-12 text-muted">
                {scenario.note}
              </Text>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

"use client";

import { type ReactNode, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { classNames } from "@/components/ui/class-names.ts";
import { currentDesk } from "@/lib/playground/current-desk.ts";
import { ContextFacts } from "./context-facts.tsx";
import { DemoReceiptCard } from "./demo-receipt-card.tsx";
import { CodeEditor } from "./editor/code-editor.tsx";
import { NotEvaluated } from "./not-evaluated.tsx";
import { decidingLineOf, problemAt } from "./outcome-parts.ts";
import { Pane } from "./pane.tsx";
import { RequestForm } from "./request-form.tsx";
import { useDesk } from "./use-desk.ts";

interface RequestPaneProps {
  readonly onPolicy: () => void;
  readonly onReceipt: () => void;
}

/** Middle: the call, and what it is judged against. */
export function RequestPane({ onPolicy, onReceipt }: RequestPaneProps): ReactNode {
  const [view, setView] = useState<"json" | "form">("json");
  const text = useDesk((state) => state.draft.request);
  const placed = useDesk((state) => state.placed);
  const outcome = useDesk((state) => state.outcome);
  return (
    <Pane title="Request" aside={<ViewSwitch view={view} onView={setView} />}>
      {view === "json" ? (
        <CodeEditor
          label="Request, JSON"
          text={text}
          placed={placed}
          onChange={(request) => currentDesk().edit({ request })}
          decidingLine={decidingLineOf(outcome, "request")}
          problemAt={problemAt(outcome, "request")}
          className="max-h-[320px] min-h-[120px] overflow-hidden"
        />
      ) : (
        <RequestForm text={text} onChange={(request) => currentDesk().edit({ request })} />
      )}
      <div className="flex flex-1 flex-col gap-4 border-hair border-t p-3.5 pt-3">
        <ContextFacts onPolicy={onPolicy} />
        <DemoReceiptCard onOpen={onReceipt} />
      </div>
      <NotEvaluated />
    </Pane>
  );
}

interface ViewSwitchProps {
  readonly view: "json" | "form";
  readonly onView: (view: "json" | "form") => void;
}

function ViewSwitch({ view, onView }: ViewSwitchProps): ReactNode {
  return (
    <fieldset className="flex overflow-hidden rounded-control border border-border">
      <legend className="sr-only">Show the request as</legend>
      {(["json", "form"] as const).map((each) => (
        <AriaButton
          key={each}
          aria-pressed={view === each}
          onPress={() => onView(each)}
          className={classNames(
            "h-6 cursor-pointer border-border px-2.5 font-medium text-12 not-last:border-r data-[focus-visible]:-outline-offset-2",
            view === each ? "bg-selected text-accent" : "text-fact hover:bg-sunken",
          )}
        >
          {each === "json" ? "JSON" : "Form"}
        </AriaButton>
      ))}
    </fieldset>
  );
}

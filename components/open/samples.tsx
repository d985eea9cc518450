"use client";

import { Button as AriaButton } from "react-aria-components";
import { useFrame } from "@/components/frame/frame-context.tsx";
import { StatusIcon } from "@/components/seal/status-icon.tsx";
import { Button } from "@/components/ui/button.tsx";
import { SAMPLES } from "@/lib/display/samples.ts";
import { useCommands } from "@/lib/queries/session.ts";

/** Demo logs, one click each; every card says what one should see. */
export function Samples() {
  const frame = useFrame();
  const commands = useCommands();
  return (
    <section aria-labelledby="samples-title">
      <div className="flex flex-wrap items-baseline gap-x-2 px-0.5 pb-2">
        <h2 id="samples-title" className="font-semibold text-14">
          No file at hand?
        </h2>
        <p className="text-13 text-muted">Open a sample. Each says what you should see.</p>
        <span className="ml-auto">
          <Button variant="link" onPress={() => frame.show("make-log")}>
            Make a log of any size
          </Button>
        </span>
      </div>
      <ul className="grid grid-cols-3 gap-3 max-sm:grid-cols-1 max-sm:gap-2">
        {SAMPLES.map((sample) => (
          <li key={sample.name}>
            <AriaButton
              onPress={() => commands.openSample(sample.name)}
              data-sample={sample.name}
              className="flex h-full w-full cursor-pointer flex-col rounded-card border border-border bg-surface px-3.5 py-3 text-left shadow-card transition-colors hover:border-strong"
            >
              <span className="font-semibold text-14">{sample.title}</span>
              <span className="text-13 text-muted">{sample.holds}</span>
              <span className="mt-2 flex gap-2 border-hair border-t pt-2 text-13 text-fact">
                <span className="mt-0.5">
                  <StatusIcon status={sample.status} size={17} />
                </span>
                {sample.expect}
              </span>
            </AriaButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

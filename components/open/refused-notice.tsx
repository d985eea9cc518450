import { StatusIcon } from "@/components/seal/status-icon.tsx";
import { plural } from "@/lib/display/numbers.ts";
import type { SelfTestState } from "@/lib/session/model.ts";

/** Known answers were not met: no verdict is given in this browser, and the reader learns which. */
export function RefusedNotice({ selfTest }: { readonly selfTest: SelfTestState | null }) {
  const failures = selfTest?.failures ?? [];
  return (
    <div
      role="alert"
      className="w-full max-w-[640px] rounded-card border border-strong bg-unchecked-tint p-4 text-left text-13"
    >
      <p className="flex items-center gap-2 font-semibold text-14">
        <StatusIcon status="not-checked" size={18} />
        No verdicts in this browser
      </p>
      <p className="mt-1 text-fact">
        Before the first verdict, questions with known answers are asked here.{" "}
        {failures.length === 0
          ? "They could not be asked, so nothing that this browser computes can be relied on."
          : `${plural(failures.length, "answer")} ${failures.length === 1 ? "was" : "were"} not the known one, so nothing that this browser computes can be relied on.`}{" "}
        Try another browser, or the command line.
      </p>
      {failures.length > 0 ? (
        <ul className="mt-2 list-disc pl-5 font-mono text-12">
          {failures.slice(0, 50).map((name) => (
            <li key={name} className="break-words">
              {name}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

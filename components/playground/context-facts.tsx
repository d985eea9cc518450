"use client";

import { type ReactNode, useId } from "react";
import { Button } from "@/components/ui/button.tsx";
import { HashText } from "@/components/ui/hash-text.tsx";
import { plural } from "@/lib/display/numbers.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import { currentDesk } from "@/lib/playground/current-desk.ts";
import { useSession } from "@/lib/queries/session.ts";
import { problemsOf } from "./outcome-parts.ts";
import { useDesk } from "./use-desk.ts";

/** What a call is judged against: the time, the policy, who may issue, what was used before. */
export function ContextFacts({ onPolicy }: { readonly onPolicy: () => void }): ReactNode {
  const outcome = useDesk((state) => state.outcome);
  const hash = outcome?.kind === "judged" ? outcome.policyHash : null;
  const custom = useDesk((state) => state.draft.policy !== null);
  return (
    <section aria-label="Context">
      <h3 className="font-semibold text-13">Context</h3>
      <dl className="mt-1 grid grid-cols-[88px_minmax(0,1fr)] items-baseline gap-x-2.5 gap-y-0.5 text-12">
        <Clock />
        <dt className="text-muted">Policy</dt>
        <dd className="flex flex-wrap items-center gap-x-2">
          <span>{custom ? "Given here" : "The default"}</span>
          {hash === null ? null : <HashText value={hash} label="Policy hash" />}
          <Button variant="link" className="text-12!" onPress={onPolicy}>
            {custom ? "Edit" : "Use another"}
          </Button>
        </dd>
        <dt className="text-muted">Trusted issuers</dt>
        <dd>
          <Issuers />
        </dd>
        <Used />
      </dl>
      {(["clock", "used", "policy"] as const).flatMap((input) =>
        problemsOf(outcome, input).map(({ message }) => (
          <p key={`${input} ${message}`} className="pt-1 font-medium text-12 text-ink">
            {message}
          </p>
        )),
      )}
    </section>
  );
}

const FIELD =
  "h-6 min-w-0 rounded-control border border-strong bg-surface px-1.5 font-mono text-12 max-sm:h-9";

function Clock(): ReactNode {
  const id = useId();
  const clock = useDesk((state) => state.draft.clock);
  const time = /^\d{1,12}$/.test(clock) ? formatDateTime(Number(clock)) : null;
  return (
    <>
      <dt className="text-muted">
        <label htmlFor={id}>Clock</label>
      </dt>
      <dd className="flex flex-wrap items-center gap-x-1.5">
        <input
          id={id}
          value={clock}
          inputMode="numeric"
          autoComplete="off"
          aria-description="Unix seconds"
          onChange={(event) => currentDesk().edit({ clock: event.target.value })}
          className={`${FIELD} w-[86px]`}
        />
        <span className="text-muted">{time === null ? "Unix seconds" : `${time} UTC`}</span>
      </dd>
    </>
  );
}

function Issuers(): ReactNode {
  const pinned = useSession(
    ({ trust }) =>
      new Set(
        trust.pinned.filter(({ role }) => role === "capability_authority").map(({ key }) => key),
      ).size,
  );
  const outcome = useDesk((state) => state.outcome);
  const signing = outcome?.kind === "judged" ? outcome.signing : null;
  const words = pinned === 0 ? "None pinned" : `${plural(pinned, "key")}, pinned`;
  switch (signing?.kind) {
    case "demo":
      return `${words}; this page’s demo key`;
    case "own":
      return signing.issuer === "assumed" ? `${words}; the token’s own, taken as trusted` : words;
    default:
      return words;
  }
}

function Used(): ReactNode {
  const id = useId();
  const used = useDesk((state) => state.draft.used);
  return (
    <>
      <dt className="text-muted">Already used</dt>
      <dd className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
        <input
          id={`${id}-calls`}
          value={used.invocations}
          placeholder="0"
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) =>
            currentDesk().edit({ used: { ...used, invocations: event.target.value } })
          }
          className={`${FIELD} w-[48px]`}
        />
        <label htmlFor={`${id}-calls`} className="text-muted">
          calls
        </label>
        <input
          id={`${id}-spent`}
          value={used.spent}
          placeholder="0"
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => currentDesk().edit({ used: { ...used, spent: event.target.value } })}
          className={`${FIELD} w-[68px]`}
        />
        <label htmlFor={`${id}-spent`} className="text-muted">
          units spent
        </label>
      </dd>
    </>
  );
}

import type { ReactNode } from "react";

/** What this page cannot know: said as plainly as what it can. */
export function NotEvaluated(): ReactNode {
  return (
    <section aria-label="Not evaluated here" className="border-hair border-t p-3.5 pt-3">
      <h3 className="font-semibold text-13">Not evaluated here</h3>
      <p className="text-12 text-muted">
        Revocation, and whatever other calls left behind (velocity, data flow, replayed proofs),
        need a store. So do the ancestors of a delegated token. Their result could differ.
      </p>
    </section>
  );
}

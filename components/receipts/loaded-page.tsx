import type { ReactNode } from "react";
import { useSession } from "@/lib/queries/session.ts";
import { NoReceipts, NothingLoaded } from "./empty-states.tsx";

interface LoadedPageProps {
  readonly title: string;
  /** What the page would show, while nothing is loaded. */
  readonly empty: string;
  readonly children: ReactNode;
}

/** A page about what is loaded: where nothing is, or nothing may be judged, it says so instead. */
export function LoadedPage({ title, empty, children }: LoadedPageProps): ReactNode {
  const phase = useSession((state) => state.phase);
  switch (phase) {
    case "empty":
      return <NothingLoaded text={empty} />;
    case "refused":
      return (
        <>
          <h1 className="sr-only">{title}</h1>
          <NoReceipts
            title="No verdict is given here"
            text="A known answer was not met in this browser, so nothing that it computes can be relied on."
          />
        </>
      );
    case "running":
    case "done":
    case "stopped":
      return children;
  }
}

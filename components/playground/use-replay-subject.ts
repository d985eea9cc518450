import { useMemo } from "react";
import { type ReplaySubject, replaySubject } from "@/lib/playground/replay/subject.ts";
import { useSession } from "@/lib/queries/session.ts";
import { useDesk } from "./use-desk.ts";

/** What denials would be judged by just now; null while the verdict or its hint is on its way. */
export function useReplaySubject(): ReplaySubject | null {
  const draft = useDesk((state) => state.draft);
  const judged = useDesk((state) => state.judged);
  const outcome = useDesk((state) => state.outcome);
  const hint = useDesk((state) => state.hint);
  const pinned = useSession((state) => state.trust.pinned);
  const revision = useSession((state) => state.revision);
  return useMemo(
    () => replaySubject({ draft, judged, outcome, hint }, pinned, revision),
    [draft, judged, outcome, hint, pinned, revision],
  );
}

import { useMemo, useSyncExternalStore } from "react";
import { type ReplaySubject, replaySubject } from "@/lib/playground/replay/subject.ts";
import { useSession } from "@/lib/queries/session.ts";
import {
  onReplaySelection,
  type ReplaySelection,
  replaySelection,
} from "@/lib/session/replay-selection.ts";
import { useDesk } from "./use-desk.ts";

/** The denials that another page chose to be replayed; null for all. */
export function useReplaySelection(): ReplaySelection | null {
  return useSyncExternalStore(onReplaySelection, replaySelection, () => null);
}

/** What denials would be judged by just now; null while the verdict or its hint is on its way. */
export function useReplaySubject(): ReplaySubject | null {
  const draft = useDesk((state) => state.draft);
  const judged = useDesk((state) => state.judged);
  const outcome = useDesk((state) => state.outcome);
  const hint = useDesk((state) => state.hint);
  const pinned = useSession((state) => state.trust.pinned);
  const revision = useSession((state) => state.revision);
  const selection = useReplaySelection();
  return useMemo(
    () => replaySubject({ draft, judged, outcome, hint }, pinned, revision, selection),
    [draft, judged, outcome, hint, pinned, revision, selection],
  );
}

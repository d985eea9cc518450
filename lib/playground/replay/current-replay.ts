import { denialRows, denialRowsOf, readRecords } from "@/lib/queries/denials.ts";
import { replaySelection } from "@/lib/session/replay-selection.ts";
import { playgroundThread } from "../current-thread.ts";
import { ReplayClient } from "./replay-client.ts";
import { ReplayDesk } from "./replay-desk.ts";

let replay: ReplayDesk | null = null;

/** The page's one replay: it goes on while other pages are visited, and goes with the tab. */
export function currentReplay(): ReplayDesk {
  if (replay === null) {
    const client = new ReplayClient(playgroundThread.forReplay);
    replay = new ReplayDesk({
      rows: (signal) => {
        const selection = replaySelection();
        return selection === null ? denialRows(signal) : denialRowsOf(selection.filter)(signal);
      },
      records: readRecords,
      begin: (input) => client.begin(input),
      judge: (run, pack) => client.judge(run, pack),
      now: () => performance.now(),
    });
  }
  return replay;
}

import { currentSession } from "@/lib/session/current.ts";
import { playgroundThread } from "./current-thread.ts";
import { Desk } from "./desk.ts";
import { issuersInForce } from "./pinned-issuers.ts";

let desk: Desk | null = null;

/** The page's one desk: what is tried out stays while other pages are visited, and goes with the tab. */
export function currentDesk(): Desk {
  desk ??= new Desk({
    spawn: playgroundThread.forDesk,
    pinnedIssuers: (clock) => issuersInForce(currentSession().snapshot().trust.pinned, clock),
  });
  return desk;
}

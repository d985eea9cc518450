import { spawnLive } from "@/lib/workers/spawn.ts";
import { LiveDesk } from "./live-desk.ts";

let current: LiveDesk | null = null;

/** The one live desk of this page. */
export function currentLive(): LiveDesk {
  current ??= new LiveDesk(spawnLive);
  return current;
}

import { spawnPlayground } from "@/lib/workers/spawn.ts";
import { SharedThread } from "./replay/shared-thread.ts";

/** The page's one worker of the playground; it is started when it is first needed. */
export const playgroundThread = new SharedThread(spawnPlayground);

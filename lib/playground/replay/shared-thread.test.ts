import { describe, expect, it } from "vitest";
import type { Thread } from "@/lib/workers/spawn.ts";
import type { FromPlayground, ToPlayground } from "../protocol.ts";
import type { FromReplay, ToReplay } from "./protocol.ts";
import { ReplayClient } from "./replay-client.ts";
import { SharedThread } from "./shared-thread.ts";

class Worker implements Thread<ToPlayground | ToReplay, FromPlayground | FromReplay> {
  readonly asked: (ToPlayground | ToReplay)[] = [];
  say: (message: FromPlayground | FromReplay) => void = () => undefined;
  crash: (reason: string) => void = () => undefined;
  ended = false;

  post(message: ToPlayground | ToReplay): void {
    this.asked.push(message);
  }
  listen(
    onMessage: (message: FromPlayground | FromReplay) => void,
    onCrash: (reason: string) => void,
  ): void {
    this.say = onMessage;
    this.crash = onCrash;
  }
  end(): void {
    this.ended = true;
  }
}

const INPUT = {
  capability: "",
  loaded: null,
  signing: "demo",
  datesMadeUp: false,
  policy: null,
  pinned: [],
} as const;
const PACK = { bytes: new Uint8Array(), rows: [], lost: [], capabilities: [] };

function shared(): { threads: SharedThread; workers: Worker[] } {
  const workers: Worker[] = [];
  const threads = new SharedThread(() => {
    const worker = new Worker();
    workers.push(worker);
    return worker;
  });
  return { threads, workers };
}

describe("a thread for two", () => {
  it("is started once, and each hears what is its own", async () => {
    const { threads, workers } = shared();
    const heard: string[] = [];
    threads.forDesk().listen(
      ({ kind }) => heard.push(kind),
      () => undefined,
    );
    const client = new ReplayClient(threads.forReplay);
    const begun = client.begin(INPUT);
    const [worker] = workers;
    worker?.say({ kind: "hinted", ask: 1, hint: null });
    worker?.say({ kind: "replay-begun", run: 1 });
    expect(await begun).toBe(1);
    expect(heard).toEqual(["hinted"]);
    expect(workers).toHaveLength(1);
    expect(worker?.asked).toEqual([{ kind: "replay-begin", run: 1, input: INPUT }]);
  });

  it("tells both of a crash, and is started anew for whoever asks next", async () => {
    const { threads, workers } = shared();
    const crashes: string[] = [];
    threads.forDesk().listen(
      () => undefined,
      (reason) => crashes.push(reason),
    );
    const client = new ReplayClient(threads.forReplay);
    const begun = client.begin(INPUT);
    workers[0]?.crash("out of memory");
    await expect(begun).rejects.toThrow("the evaluator stopped: out of memory");
    expect(crashes).toEqual(["out of memory"]);
    expect(workers[0]?.ended).toBe(true);
    const again = client.begin(INPUT);
    workers[1]?.say({ kind: "replay-begun", run: 2 });
    expect(await again).toBe(2);
    threads.forDesk().post({
      kind: "evaluate",
      ask: 1,
      input: {
        ...INPUT,
        request: "",
        clock: "",
        pinnedIssuers: null,
        used: { invocations: "", spent: "" },
      },
    });
    expect(workers).toHaveLength(2);
  });
});

describe("a replay's client", () => {
  it("refuses a run that another one ended, and overlooks what comes late", async () => {
    const { threads, workers } = shared();
    const client = new ReplayClient(threads.forReplay);
    const first = client.begin(INPUT);
    const second = client.begin(INPUT);
    await expect(first).rejects.toThrow("another replay began");
    workers[0]?.say({ kind: "replay-failed", run: 1, message: "late" });
    workers[0]?.say({ kind: "replay-begun", run: 2 });
    expect(await second).toBe(2);
    await expect(client.judge(1, PACK)).rejects.toThrow("another replay began");
    const judged = client.judge(2, PACK);
    workers[0]?.say({ kind: "replay-failed", run: 2, message: "broken" });
    await expect(judged).rejects.toThrow("broken");
  });
});

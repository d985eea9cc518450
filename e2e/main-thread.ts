import type { Browser, Page } from "playwright/test";

/** A task of the page's own thread, in milliseconds: by the clock, and of the processor. */
export interface Task {
  readonly wall: number;
  readonly processor: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: {
    readonly name?: string;
    readonly chrome_mojo_event_info?: { readonly mojo_interface_tag?: string };
  };
}

/**
 * The tasks of the pages' own threads while `work` is done, longest first. What the tests themselves ask of
 * a page through the debugger is a task there too, and is left out.
 */
export async function tasksWhile(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<readonly Task[]> {
  await browser.startTracing(page, { categories: ["toplevel"] });
  await work();
  const trace: { traceEvents: TraceEvent[] } = JSON.parse(
    new TextDecoder().decode(await browser.stopTracing()),
  );
  const events = trace.traceEvents;
  const ownThreads = new Set(
    events
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const ofThread = events.filter(
    ({ pid, tid, ph }) => ph === "X" && ownThreads.has(`${pid} ${tid}`),
  );
  const asked = ofThread.filter(
    ({ args }) => args.chrome_mojo_event_info?.mojo_interface_tag === "blink.mojom.DevToolsSession",
  );
  return ofThread
    .filter(({ name }) => name === "ThreadControllerImpl::RunTask")
    .filter((task) => !asked.some((inner) => isWithin(inner, task)))
    .map(({ dur = 0, tdur = 0 }) => ({ wall: dur / 1000, processor: tdur / 1000 }))
    .sort((a, b) => b.wall - a.wall);
}

function isWithin(inner: TraceEvent, outer: TraceEvent): boolean {
  return (
    inner.pid === outer.pid &&
    inner.ts >= outer.ts &&
    inner.ts + (inner.dur ?? 0) <= outer.ts + (outer.dur ?? 0)
  );
}

export type Milestone = "firstRow" | "done" | "counted";

/** What the probe in the page has seen so far; times are the page's own milliseconds. */
export interface Probe {
  /** The file was chosen. */
  chosen: number;
  /** A first receipt stood in the table. */
  firstRow: number;
  /** The page said that the run was done. */
  done: number;
  /** The page showed that all receipts are there, counted by the database. */
  counted: number;
  readonly longTasks: { readonly at: number; readonly milliseconds: number }[];
  /** Resolve when the page said so: waiting for them draws no frame, as asking again and again would. */
  readonly shown: Readonly<Record<Milestone, Promise<void>>>;
  /** Messages between page and workers that mark the stages. */
  readonly messages: { readonly at: number; readonly kind: string; readonly to: number }[];
  /** The page's workers, to ask them beside the page; a worker without a name has its address. */
  readonly threads: { readonly name: string; readonly worker: Worker }[];
  /** What the page last asked the engine to conclude. */
  conclude: object | null;
}

declare global {
  interface Window {
    chioBenchProbe: Probe;
  }
}

/**
 * Runs in the page before anything else. It only listens: to the file input, to long tasks, to the messages
 * of the workers, and to what the page shows.
 */
export function installProbe(counted: string): void {
  const resolvers: Partial<Record<Milestone, () => void>> = {};
  const promise = (name: Milestone) =>
    new Promise<void>((resolve) => {
      resolvers[name] = resolve;
    });
  const probe: Probe = {
    chosen: 0,
    firstRow: 0,
    done: 0,
    counted: 0,
    shown: { firstRow: promise("firstRow"), done: promise("done"), counted: promise("counted") },
    longTasks: [],
    messages: [],
    threads: [],
    conclude: null,
  };
  window.chioBenchProbe = probe;
  const choose = (): void => {
    probe.chosen = performance.now();
  };
  document.addEventListener("change", choose, { capture: true });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      probe.longTasks.push({ at: startTime, milliseconds: duration });
    }
  }).observe({ type: "longtask" });
  const reach = (name: Milestone): void => {
    probe[name] = performance.now();
    resolvers[name]?.();
  };
  const look = (): void => {
    if (probe.chosen > 0) {
      const footer = document.querySelector("footer")?.textContent ?? "";
      if (probe.done === 0 && footer.includes("checked in")) {
        reach("done");
      }
      if (probe.firstRow === 0 && document.querySelector("[role=grid] [role=gridcell]") !== null) {
        reach("firstRow");
      }
      if (probe.counted === 0 && probe.done > 0) {
        const filter = document.querySelector("section[aria-label=Filter]")?.textContent ?? "";
        if (filter.includes(counted)) {
          reach("counted");
        }
      }
    }
  };
  // Only when the page changes: a look at every frame would itself keep a core busy.
  const everything = { childList: true, characterData: true, subtree: true };
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(look).observe(document.body, everything);
  });
  const NativeWorker = window.Worker;
  let workers = 0;
  window.Worker = class extends NativeWorker {
    readonly #number: number;
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      workers += 1;
      this.#number = workers;
      probe.threads.push({ name: options?.name ?? String(url), worker: this });
      this.addEventListener("message", (event: MessageEvent<unknown>) => this.#note(event.data));
    }
    override postMessage(message: unknown, options?: StructuredSerializeOptions | Transferable[]) {
      this.#note(message);
      if (Array.isArray(options)) {
        super.postMessage(message, options);
      } else {
        super.postMessage(message, options);
      }
    }
    #note(message: unknown): void {
      if (typeof message === "object" && message !== null && "kind" in message) {
        const kind = String(message.kind);
        if (kind === "conclude") {
          probe.conclude = message;
        }
        probe.messages.push({ at: performance.now(), kind, to: this.#number });
      }
    }
  };
}

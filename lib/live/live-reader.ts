import type { TrustBundle } from "@/kernel/trust/trust-bundle.ts";
import type { Rule } from "@/lib/rules/model.ts";
import type { Platform } from "@/lib/verification/platform.ts";
import { POLL_MS, retryAfter } from "./backoff.ts";
import { type FileStep, GrowingFile } from "./growing-file.ts";
import { type LiveAlert, type LiveCounts, type LiveRow, NO_COUNTS, RING_ROWS } from "./model.ts";
import type { FromLive } from "./protocol.ts";
import { type Ask, ServerTail } from "./server-tail.ts";
import { StreamingRules } from "./streaming-rules.ts";
import { tally } from "./tally.ts";
import { ChunkVerifier } from "./verify-chunk.ts";

/** Milliseconds between two looks at a file, and between two messages to the page. */
const LOOK_MS = 500;
const BEAT_MS = 250;
/** Seconds that the rate is taken over. */
const RATE_SECONDS = 5;
const MOST_NOTICES = 20;

/** What the reader borrows from the thread it runs in. */
export interface LivePorts {
  readonly platform: Platform;
  readonly post: (message: FromLive) => void;
  readonly ask: Ask;
  /** Milliseconds that only grow, and Unix seconds. */
  readonly now: () => number;
  readonly unixSeconds: () => number;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Reads one live source at a time, verifies what comes, evaluates rules, and tells of it in beats. */
export class LiveReader {
  readonly #ports: LivePorts;
  #trust: TrustBundle | null = null;
  #rules: readonly Rule[] = [];
  #stopping = new AbortController();
  #content: Blob[] = [];
  #verifier: ChunkVerifier;
  #streaming = new StreamingRules([]);
  #run = 0;
  #isEnded = false;
  #counts = NO_COUNTS;
  #rows: LiveRow[] = [];
  #alerts = new Map<number, LiveAlert>();
  #lastBeat = Number.NEGATIVE_INFINITY;
  #arrivals: { at: number; rows: number }[] = [];

  constructor(ports: LivePorts) {
    this.#ports = ports;
    this.#verifier = new ChunkVerifier(ports.platform, "");
  }

  judgeBy(trust: TrustBundle | null): void {
    this.#trust = trust;
  }

  /** Rules for what comes next; windows begin anew, since an old one was filled by other rules. */
  evaluate(rules: readonly Rule[]): void {
    this.#rules = rules;
    this.#streaming = new StreamingRules(rules, this.#streaming.alerts);
  }

  content(): Blob {
    return new Blob(this.#content, { type: "application/x-ndjson" });
  }

  /** Ends the reading of that source; one that was opened since goes on. */
  stop(run: number): void {
    if (run === this.#run) {
      this.#halt();
      this.#end("Stopped.");
    }
  }

  #halt(): void {
    this.#stopping.abort();
    this.#stopping = new AbortController();
  }

  /** Follows a file until it is stopped or can no longer be read. */
  async watch(run: number, handle: FileSystemFileHandle, fromStart: boolean): Promise<void> {
    const signal = this.#begin(run, handle.name);
    const first = await handle.getFile();
    const file = new GrowingFile(fromStart ? 0 : first.size);
    const notices: string[] = [];
    for (let failures = 0; !signal.aborted; ) {
      let step: FileStep;
      try {
        step = await file.look(await handle.getFile());
        failures = 0;
      } catch (error) {
        // A file that is just being replaced is there again at the next look.
        failures += 1;
        if (failures > 3) {
          this.#end(`The file can no longer be read. ${describe(error)}`);
          return;
        }
        await this.#ports.wait(LOOK_MS, signal);
        continue;
      }
      if (signal.aborted) return;
      noteStep(notices, step);
      const source = (isReading: boolean) => ({
        kind: "file" as const,
        name: handle.name,
        size: step.size,
        read: step.read,
        waiting: step.waiting,
        notices: [...notices],
        isReading,
      });
      if (step.lines !== null) {
        await this.#take(run, step.lines);
        if (signal.aborted) return;
      }
      this.#beat(!step.isMore);
      this.#ports.post({ kind: "source", run: this.#run, source: source(step.isMore) });
      await this.#ports.wait(step.isMore ? 0 : LOOK_MS, signal);
    }
  }

  /** Follows a server's log until it is stopped or the token is refused. */
  async tail(run: number, url: string, token: string): Promise<void> {
    const signal = this.#begin(run, "");
    const tail = new ServerTail(this.#ports.ask, url, token);
    const common = { kind: "server", url } as const;
    let attempts = 0;
    let requests = 0;
    let cursor: string | null = null;
    let behind: number | null = null;
    this.#ports.post({
      kind: "source",
      run,
      source: {
        ...common,
        phase: "connecting",
        retryMs: 0,
        attempts,
        cursor,
        behind,
        requests,
        problem: null,
      },
    });
    while (!signal.aborted) {
      const step = await tail.look();
      if (signal.aborted) return;
      if (step.ok) {
        attempts = 0;
        requests += step.page.requests;
        cursor = step.page.cursor;
        behind = step.page.behind;
        if (step.page.lines.length > 0) {
          const text = `${step.page.lines.join("\n")}\n`;
          this.#content.push(new Blob([text]));
          await this.#take(run, new TextEncoder().encode(text));
          if (signal.aborted) return;
        }
      } else {
        requests += 1;
        attempts += 1;
      }
      const problem = step.ok ? null : step.problem;
      const retryMs = step.ok ? 0 : retryAfter(attempts);
      const isRefused = problem?.kind === "refused";
      this.#beat(behind === 0 || !step.ok);
      this.#ports.post({
        kind: "source",
        run,
        source: {
          ...common,
          phase: isRefused ? "refused" : step.ok ? "following" : "waiting",
          retryMs,
          attempts,
          cursor,
          behind,
          requests,
          problem: problem?.message ?? null,
        },
      });
      if (isRefused) return;
      const isBehind = step.ok && step.page.behind > 0 && step.page.lines.length > 0;
      await this.#ports.wait(isBehind ? 0 : step.ok ? POLL_MS : retryMs, signal);
    }
  }

  #begin(run: number, path: string): AbortSignal {
    this.#halt();
    this.#run = run;
    this.#isEnded = false;
    this.#content = [];
    this.#verifier = new ChunkVerifier(this.#ports.platform, path);
    this.#streaming = new StreamingRules(this.#rules);
    this.#counts = NO_COUNTS;
    this.#rows = [];
    this.#alerts.clear();
    this.#arrivals = [];
    return this.#stopping.signal;
  }

  #end(reason: string): void {
    this.#isEnded = true;
    this.#beat(true);
    this.#ports.post({ kind: "source", run: this.#run, source: { kind: "ended", reason } });
  }

  async #take(run: number, lines: Uint8Array): Promise<void> {
    const { rows, events } = await this.#verifier.verify(lines, this.#trust);
    // Another source was opened meanwhile: these rows are none of its.
    if (run !== this.#run) return;
    const { alerts, outOfTime } = this.#streaming.take(events, this.#ports.unixSeconds());
    for (const alert of alerts) this.#alerts.set(alert.number, alert);
    for (const row of rows) this.#rows.push(row);
    if (this.#rows.length > RING_ROWS * 2) this.#rows = this.#rows.slice(-RING_ROWS);
    this.#counts = {
      ...tally(this.#counts, rows),
      alerts: this.#streaming.alerts,
      heldAlerts: this.#streaming.held,
      outOfTime: this.#counts.outOfTime + outOfTime,
    };
    this.#arrivals.push({ at: this.#ports.now(), rows: rows.length });
    // What was read when someone pressed Stop is told too.
    this.#beat(this.#isEnded);
  }

  /** Tells what came; unless it must be now, at most once in a beat. */
  #beat(isNow: boolean): void {
    const now = this.#ports.now();
    if (!isNow && now - this.#lastBeat < BEAT_MS) return;
    this.#lastBeat = now;
    this.#arrivals = this.#arrivals.filter(({ at }) => now - at < RATE_SECONDS * 1000);
    const recent = this.#arrivals.reduce((sum, { rows }) => sum + rows, 0);
    const counts: LiveCounts = this.#counts;
    this.#ports.post({
      kind: "arrived",
      run: this.#run,
      rows: this.#rows.slice(-RING_ROWS),
      counts,
      alerts: [...this.#alerts.values()],
      rate: recent / RATE_SECONDS,
    });
    this.#rows = [];
    this.#alerts.clear();
  }
}

function noteStep(notices: string[], { restarted, skipped }: FileStep): void {
  if (restarted === "shorter") {
    notices.push("The file became shorter, so it is read from its start again.");
  } else if (restarted === "rewritten") {
    notices.push("The file was written anew, so it is read from its start again.");
  }
  if (skipped > 0) {
    notices.push("A line was longer than any record may be and was passed over.");
  }
  notices.splice(0, Math.max(notices.length - MOST_NOTICES, 0));
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

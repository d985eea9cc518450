import type { Database } from "@/lib/database/database.ts";
import type {
  ChainAnswer,
  ChainQuestion,
  ChainQuestionName,
  ChainQuestions,
} from "@/lib/graph/questions.ts";
import type { Histogram, ReceiptDetail } from "@/lib/queries/model.ts";
import type { RecordPack } from "@/lib/queries/record-pack.ts";
import type { KnownCapability } from "@/lib/verification/known-capability.ts";
import { VerifyPool } from "@/lib/workers/pool.ts";
import type { FromEngine, ReadyMessage, ServiceMessage } from "@/lib/workers/protocol.ts";
import { countRequests } from "@/lib/workers/request-ledger.ts";
import {
  type EngineThread,
  spawnEngine,
  spawnVerifier,
  type Verifier,
} from "@/lib/workers/spawn.ts";
import { DatabaseKeeper } from "./database-keeper.ts";
import type { SessionCommands } from "./model.ts";
import { loadFonts, whenIdle, whenQuiet } from "./offline-ready.ts";
import { Run } from "./run.ts";
import { EMPTY_STATE } from "./state.ts";
import { StateStore } from "./state-store.ts";

const MOST_VERIFIERS = 8;

interface Workers {
  readonly engine: EngineThread;
  readonly pool: VerifyPool;
}

interface Asked<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Everything behind the pages: workers, database, held files and the state that the pages see. */
export class Session {
  readonly commands: SessionCommands;
  readonly #store = new StateStore();
  readonly #keeper = new DatabaseKeeper((reason) => this.#reopenDatabase(reason));
  readonly #run: Run;
  readonly #asked = new Map<number, Asked<ReceiptDetail>>();
  readonly #askedCapabilities = new Map<number, Asked<KnownCapability | null>>();
  readonly #askedRecords = new Map<number, Asked<RecordPack>>();
  readonly #askedChain = new Map<number, Asked<ChainAnswer>>();
  #workers: Workers | null = null;
  #asks = 0;
  #engineDeaths = 0;
  #started = false;
  #warmed: () => void = () => undefined;

  constructor() {
    this.#run = new Run({
      store: this.#store,
      engine: () => this.#working().engine,
      pool: () => this.#working().pool,
      database: () => this.#keeper.open(),
      now: () => performance.now(),
    });
    this.commands = this.#makeCommands();
  }

  readonly snapshot = () => this.#store.snapshot();
  readonly subscribe = (listener: () => void) => this.#store.subscribe(listener);

  /** Starts what a page needs before the first drop, when the browser is idle. */
  start(): void {
    if (!this.#started) {
      this.#started = true;
      this.#warmUp().catch((error: unknown) => {
        this.#store.set({ notice: { code: "START", message: String(error) } }, "now");
      });
    }
  }

  /** The database, opened when it is first asked for. */
  database(): Promise<Database> {
    return this.#keeper.open();
  }

  /** Where sequence numbers are absent, for the time axis. */
  absences(): Histogram["absences"] {
    return this.#run.absences;
  }

  /** @throws Error when the row is not there, or its file can no longer be read */
  detail(row: number): Promise<ReceiptDetail> {
    this.#asks += 1;
    const ask = this.#asks;
    return new Promise((resolve, reject) => {
      this.#asked.set(ask, { resolve, reject });
      this.#working().engine.post({ kind: "detail", ask, row });
    });
  }

  /** What is loaded of a capability; null where nothing is. */
  capability(id: string): Promise<KnownCapability | null> {
    this.#asks += 1;
    const ask = this.#asks;
    return new Promise((resolve, reject) => {
      this.#askedCapabilities.set(ask, { resolve, reject });
      this.#working().engine.post({ kind: "capability", ask, id });
    });
  }

  /**
   * Many receipts at once, as their files hold them now.
   *
   * @param rows numbers in the database, a few hundred: what they take is in memory at once
   */
  records(rows: readonly number[]): Promise<RecordPack> {
    this.#asks += 1;
    const ask = this.#asks;
    return new Promise((resolve, reject) => {
      this.#askedRecords.set(ask, { resolve, reject });
      this.#working().engine.post({ kind: "records", ask, rows });
    });
  }

  /**
   * A question about the links between receipts.
   *
   * @throws Error while nothing is concluded yet, and for what names no receipt that is loaded
   */
  chain<Name extends ChainQuestionName>(
    name: Name,
    ask: ChainQuestions[Name]["ask"],
  ): Promise<ChainQuestions[Name]["answer"]> {
    this.#asks += 1;
    const number = this.#asks;
    return new Promise((resolve, reject) => {
      this.#askedChain.set(number, { resolve, reject });
      // A name and what is asked under it belong together, which a union of both cannot follow.
      const question = { name, ask } as ChainQuestion;
      this.#working().engine.post({ kind: "chain", ask: number, question });
    });
  }

  #makeCommands(): SessionCommands {
    const open = (content: Parameters<Run["open"]>[0]): void => {
      if (this.#store.state.phase !== "refused") {
        this.#run.open(content);
      }
    };
    return {
      open: (files) => {
        if (files.length > 0) {
          open({ kind: "files", files });
        }
      },
      openText: (text) =>
        open({ kind: "files", files: [{ path: "pasted", file: new Blob([text]) }] }),
      openSample: (name) => open({ kind: "sample", name }),
      makeLog: (receipts) => open({ kind: "make-log", receipts }),
      stop: () => this.#run.stop(),
      confirmTrust: (id) => this.#changeTrust({ kind: "pin", id }),
      unpinAll: () => this.#changeTrust({ kind: "unpin-all" }),
      clear: () => {
        this.#run.clear();
        const { selfTest, machine, revision } = this.#store.state;
        const counted = { ...machine, checkedReceipts: 0, checkedSeconds: 0, memoryBytes: null };
        this.#store.set(
          { ...EMPTY_STATE, selfTest, machine: counted, revision: revision + 1 },
          "now",
        );
      },
    };
  }

  #changeTrust(message: { kind: "pin"; id: string } | { kind: "unpin-all" }): void {
    this.#working().engine.post(message);
    this.#run.concludeAgain();
  }

  async #warmUp(): Promise<void> {
    await whenIdle();
    const { engine } = this.#working();
    const warmed = new Promise<void>((resolve) => {
      this.#warmed = resolve;
    });
    engine.post({ kind: "warm" });
    await Promise.all([this.#warmDatabase(), warmed, loadFonts(), whenQuiet()]);
    countRequests((count) => this.#countSent(count));
    this.#setMachine({ offlineReady: true });
  }

  async #warmDatabase(): Promise<void> {
    const { warmQuestions } = await import("@/lib/queries/warm-questions.ts");
    await warmQuestions(await this.#keeper.open());
  }

  #working(): Workers {
    this.#workers ??= this.#hire();
    return this.#workers;
  }

  #hire(): Workers {
    const engine = spawnEngine();
    engine.listen(
      (message) => this.#receive(message),
      (reason) => this.#replaceEngine(reason),
    );
    engine.post({ kind: "start", name: "engine" });
    const size = Math.min(Math.max(navigator.hardwareConcurrency, 1), MOST_VERIFIERS);
    const pool = new VerifyPool({
      size,
      spawn: spawnVerifier,
      connect: (verifier) => connect(engine, verifier),
      events: {
        ready: (message) => this.#takeSelfTest(message),
        done: (unit, message) => {
          this.#run.unitDone(unit, message);
          this.#setMachine({ memoryBytes: this.#run.memoryBytes });
        },
        lost: (unit, reason) => this.#run.unitLost(unit, reason),
        replaced: (reason) => {
          const message = `A worker was replaced; the run goes on. ${reason}`;
          this.#store.set({ notice: { code: "WORKER", message } }, "now");
        },
        requests: (count) => this.#countSent(count),
        drained: () => this.#run.drained(),
      },
    });
    pool.start();
    this.#setMachine({ workers: size });
    return { engine, pool };
  }

  #receive(message: FromEngine): void {
    if ("epoch" in message) {
      this.#run.receive(message);
    } else {
      this.#serve(message);
    }
  }

  #serve(message: ServiceMessage): void {
    switch (message.kind) {
      case "ready":
        this.#takeSelfTest(message);
        return;
      case "failed":
        this.#store.set({ notice: { code: "ENGINE", message: message.message } }, "now");
        return;
      case "requests":
        this.#countSent(message.count);
        return;
      case "warmed":
        this.#warmed();
        return;
      case "detail":
        this.#asked.get(message.ask)?.resolve(message.detail);
        this.#asked.delete(message.ask);
        return;
      case "capability":
        this.#askedCapabilities.get(message.ask)?.resolve(message.capability);
        this.#askedCapabilities.delete(message.ask);
        return;
      case "records":
        this.#askedRecords.get(message.ask)?.resolve(message.pack);
        this.#askedRecords.delete(message.ask);
        return;
      case "chain":
        this.#askedChain.get(message.ask)?.resolve(message.answer);
        this.#askedChain.delete(message.ask);
        return;
      case "detail-failed":
        for (const asked of [this.#asked, this.#askedRecords, this.#askedChain]) {
          asked.get(message.ask)?.reject(new Error(message.message));
          asked.delete(message.ask);
        }
        return;
    }
  }

  /** One worker that gives a wrong known answer is enough: no verdict comes from this page. */
  #takeSelfTest({ selfTest, exact }: ReadyMessage): void {
    const { state } = this.#store;
    if (state.phase === "refused") {
      return;
    }
    this.#setMachine({ backend: exact ? "exact" : "webcrypto" });
    this.#store.set({ selfTest });
    if (selfTest.failures.length > 0) {
      this.#run.clear();
      this.#workers?.pool.end();
      this.#store.set({ phase: "refused", progress: null, verdict: null }, "now");
    }
  }

  #replaceEngine(reason: string): void {
    const lost = this.#workers;
    if (lost === null) {
      return;
    }
    this.#workers = null;
    this.#engineDeaths += 1;
    lost.engine.end();
    lost.pool.end();
    for (const asked of [
      this.#asked,
      this.#askedCapabilities,
      this.#askedRecords,
      this.#askedChain,
    ]) {
      for (const { reject } of asked.values()) {
        reject(new Error(reason));
      }
      asked.clear();
    }
    const drops = [...this.#run.drops];
    const again = this.#engineDeaths < 3;
    const message = again
      ? `The engine died and was started anew; the files are read once more. ${reason}`
      : `The engine died again; the files were not read once more. ${reason}`;
    this.#store.set({ notice: { code: "ENGINE", message } }, "now");
    this.#run.clear();
    this.#store.set(
      { phase: "empty", progress: null, verdict: null, files: [], rejects: [] },
      "now",
    );
    for (const drop of again ? drops : []) {
      this.#run.open(drop);
    }
  }

  #reopenDatabase(reason: string): void {
    const message = `The database died and was opened anew; the files are read once more. ${reason}`;
    this.#store.set({ notice: { code: "DATABASE", message } }, "now");
    this.#run.refill();
  }

  #countSent(count: number): void {
    const { machine } = this.#store.state;
    if (machine.offlineReady) {
      this.#setMachine({ requestsSent: machine.requestsSent + count });
    }
  }

  #setMachine(change: Partial<ReturnType<Session["snapshot"]>["machine"]>): void {
    this.#store.set({ machine: { ...this.#store.state.machine, ...change } });
  }
}

/** A channel of their own, so that results do not pass through the page. */
function connect(engine: EngineThread, verifier: Verifier): void {
  const { port1, port2 } = new MessageChannel();
  engine.post({ kind: "connect", port: port1 }, [port1]);
  verifier.post({ kind: "connect", port: port2 }, [port2]);
}

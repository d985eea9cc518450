import type { Database } from "@/lib/database/database.ts";
import type {
  ChainAnswer,
  ChainQuestion,
  ChainQuestionName,
  ChainQuestions,
} from "@/lib/graph/questions.ts";
import type { ExportForm } from "@/lib/ingest/kafka/export-form.ts";
import type { DeadLetterDetail } from "@/lib/queries/dead-letter-model.ts";
import type { Histogram, ReceiptDetail } from "@/lib/queries/model.ts";
import type { RecordPack } from "@/lib/queries/record-pack.ts";
import type {
  RuleAnswer,
  RuleQuestion,
  RuleQuestionName,
  RuleQuestions,
} from "@/lib/rules/questions.ts";
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
import { Asks } from "./asks.ts";
import { DatabaseKeeper } from "./database-keeper.ts";
import type { SessionCommands } from "./model.ts";
import { loadFonts, whenIdle, whenQuiet } from "./offline-ready.ts";
import { selectForReplay } from "./replay-selection.ts";
import { Run } from "./run.ts";
import { EMPTY_STATE } from "./state.ts";
import { StateStore } from "./state-store.ts";
import { forgetUnmasked } from "./unmasked.ts";

const MOST_VERIFIERS = 8;

interface Workers {
  readonly engine: EngineThread;
  readonly pool: VerifyPool;
}

/** Everything behind the pages: workers, database, held files and the state that the pages see. */
export class Session {
  readonly commands: SessionCommands;
  readonly #store = new StateStore();
  readonly #keeper = new DatabaseKeeper((reason) => this.#reopenDatabase(reason));
  readonly #run: Run;
  readonly #asked = {
    detail: new Asks<ReceiptDetail>(),
    capability: new Asks<KnownCapability | null>(),
    records: new Asks<RecordPack>(),
    chain: new Asks<ChainAnswer>(),
    rules: new Asks<RuleAnswer>(),
    deadLetter: new Asks<DeadLetterDetail>(),
  };
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
    return this.#ask(this.#asked.detail, (ask) => ({ kind: "detail", ask, row }));
  }

  /** What is loaded of a capability; null where nothing is. */
  capability(id: string): Promise<KnownCapability | null> {
    return this.#ask(this.#asked.capability, (ask) => ({ kind: "capability", ask, id }));
  }

  /**
   * Many receipts at once, as their files hold them now.
   *
   * @param rows numbers in the database, a few hundred: what they take is in memory at once
   */
  records(rows: readonly number[]): Promise<RecordPack> {
    return this.#ask(this.#asked.records, (ask) => ({ kind: "records", ask, rows }));
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
    // A name and what is asked under it belong together, which a union of both cannot follow.
    const question = { name, ask } as ChainQuestion;
    return this.#ask(this.#asked.chain, (number) => ({ kind: "chain", ask: number, question }));
  }

  /**
   * A question about rules over the loaded decisions.
   *
   * @throws Error while nothing is concluded yet, and for a rule that cannot be run
   */
  rules<Name extends RuleQuestionName>(
    name: Name,
    ask: RuleQuestions[Name]["ask"],
  ): Promise<RuleQuestions[Name]["answer"]> {
    // As above.
    const question = { name, ask } as RuleQuestion;
    return this.#ask(this.#asked.rules, (number) => ({ kind: "rules", ask: number, question }));
  }

  /** @throws Error when there is no such dead letter, or its file can no longer be read */
  deadLetter(record: number): Promise<DeadLetterDetail> {
    return this.#ask(this.#asked.deadLetter, (ask) => ({ kind: "dead-letter", ask, record }));
  }

  #ask<Answer>(
    asks: Asks<Answer>,
    message: (ask: number) => Parameters<EngineThread["post"]>[0],
  ): Promise<Answer> {
    this.#asks += 1;
    const number = this.#asks;
    return asks.ask(number, () => this.#working().engine.post(message(number)));
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
      readAs: (card, form) => this.#readAs(card, form),
      stop: () => this.#run.stop(),
      confirmTrust: (id) => this.#changeTrust({ kind: "pin", id }),
      unpinAll: () => this.#changeTrust({ kind: "unpin-all" }),
      clear: () => {
        this.#run.clear();
        forgetUnmasked();
        selectForReplay(null);
        const { selfTest, machine, revision } = this.#store.state;
        const counted = { ...machine, checkedReceipts: 0, checkedSeconds: 0, memoryBytes: null };
        this.#store.set(
          { ...EMPTY_STATE, selfTest, machine: counted, revision: revision + 1 },
          "now",
        );
      },
    };
  }

  #readAs(card: string, form: ExportForm | null): void {
    const file = this.#store.state.files.find(({ id }) => id === card);
    if (file !== undefined && this.#store.state.phase !== "refused") {
      this.#run.readAs(file.name, form);
    }
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
        this.#asked.detail.answer(message.ask, message.detail);
        return;
      case "capability":
        this.#asked.capability.answer(message.ask, message.capability);
        return;
      case "records":
        this.#asked.records.answer(message.ask, message.pack);
        return;
      case "chain":
        this.#asked.chain.answer(message.ask, message.answer);
        return;
      case "rules":
        this.#asked.rules.answer(message.ask, message.answer);
        return;
      case "dead-letter":
        this.#asked.deadLetter.answer(message.ask, message.detail);
        return;
      case "detail-failed":
        for (const asks of Object.values(this.#asked)) {
          asks.fail(message.ask, message.message);
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
    for (const asks of Object.values(this.#asked)) {
      asks.failAll(reason);
    }
    const again = this.#engineDeaths < 3;
    const message = again
      ? `The engine died and was started anew; the files are read once more. ${reason}`
      : `The engine died again; the files were not read once more. ${reason}`;
    this.#store.set({ notice: { code: "ENGINE", message } }, "now");
    this.#store.set(
      { phase: "empty", progress: null, verdict: null, files: [], rejects: [] },
      "now",
    );
    if (again) {
      this.#run.reopen();
    } else {
      this.#run.clear();
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

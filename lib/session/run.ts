import type { Database } from "@/lib/database/database.ts";
import type { UnitStreams } from "@/lib/database/streams.ts";
import type { ExportForm } from "@/lib/ingest/kafka/export-form.ts";
import type { Unit } from "@/lib/ingest/record.ts";
import type { VerifyPool } from "@/lib/workers/pool.ts";
import type {
  Absence,
  ConcludedMessage,
  DropContent,
  RunMessage,
  UnitDoneMessage,
} from "@/lib/workers/protocol.ts";
import type { EngineThread } from "@/lib/workers/spawn.ts";
import type { SessionState } from "./model.ts";
import { ProgressMeter } from "./progress-meter.ts";
import type { StateStore } from "./state-store.ts";

export interface RunParts {
  readonly store: StateStore;
  readonly engine: () => EngineThread;
  readonly pool: () => VerifyPool;
  readonly database: () => Promise<Database>;
  readonly now: () => number;
}

/**
 * One collection of drops on its way through engine, verifiers and database, until it is cleared. The
 * page only passes messages on; the work is done in the workers.
 */
export class Run {
  readonly drops: DropContent[] = [];
  /** A person's word on export forms, by the name of what was dropped. */
  readonly #forms = new Map<string, ExportForm>();
  absences: readonly Absence[] = [];
  readonly #parts: RunParts;
  #epoch = 0;
  #meter: ProgressMeter;
  #units = new Set<Unit>();
  #done = new Set<Unit>();
  #plansPending = 0;
  #inserts = new Set<Promise<void>>();
  /** Units whose receipts the present database was given. */
  #indexed = new Set<Unit>();
  #conclusion: "none" | "under-way" | "again" = "none";
  #conclusions = 0;
  #stopped = false;
  #began = 0;
  #checkedMilliseconds = 0;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.#meter = new ProgressMeter(parts.now);
  }

  /** About how many octets the page takes for what was checked so far. */
  get memoryBytes(): number {
    return this.#meter.memoryBytes;
  }

  open(content: DropContent): void {
    this.drops.push(content);
    this.#begin();
    this.#plansPending += 1;
    this.#meter.setPlanned(false);
    const forms = [...this.#forms];
    this.#parts.engine().post({ kind: "open", epoch: this.#epoch, content, forms });
    this.#show({}, "now");
  }

  /** Opens every drop again, with one file read as the form says, or as is guessed for null. */
  readAs(name: string, form: ExportForm | null): void {
    if (form === null) {
      this.#forms.delete(name);
    } else {
      this.#forms.set(name, form);
    }
    this.reopen();
  }

  /** Opens every drop again, each as it was opened. */
  reopen(): void {
    const forms = [...this.#forms];
    const drops = [...this.drops];
    this.clear();
    for (const [name, form] of forms) {
      this.#forms.set(name, form);
    }
    for (const drop of drops) {
      this.open(drop);
    }
  }

  stop(): void {
    if (this.#parts.store.state.phase === "running") {
      this.#stopped = true;
      this.#parts.engine().post({ kind: "stop" });
      this.#parts.pool().stop();
    }
  }

  /** Judges again what is there, after the trusted keys changed. */
  concludeAgain(): void {
    if (this.#units.size > 0 || this.#parts.store.state.verdict !== null) {
      this.#begin();
      this.#conclude();
    }
  }

  /** Forgets everything; what is still under way is overlooked when it arrives. */
  clear(): void {
    this.drops.length = 0;
    this.#forms.clear();
    this.reset();
    this.#parts.engine().post({ kind: "clear" });
    this.#parts.pool().forget();
    this.#settle(this.#parts.database().then((database) => database.writer.clear()));
  }

  /** As {@link clear}, for new workers, which know of nothing yet. */
  reset(): void {
    this.#epoch += 1;
    this.absences = [];
    this.#meter = new ProgressMeter(this.#parts.now);
    this.#units = new Set();
    this.#done = new Set();
    this.#indexed = new Set();
    this.#plansPending = 0;
    this.#conclusion = "none";
    this.#stopped = false;
    this.#checkedMilliseconds = 0;
  }

  /** Fills a database that was opened anew by reading the held files once more. */
  refill(): void {
    if (this.#units.size > 0) {
      this.#begin();
      this.#indexed = new Set();
      // A conclusion that is under way speaks of the database that is gone.
      this.#conclusion = "none";
      this.#conclusions += 1;
      this.#parts.pool().addUnits([...this.#units]);
      this.#closeWhenPlanned();
    }
  }

  /** Takes what the engine says; what it says of an earlier collection is overlooked. */
  receive(message: RunMessage): void {
    if (message.epoch !== this.#epoch) {
      return;
    }
    switch (message.kind) {
      case "reading":
        this.#meter.reading(message.done, message.total, message.note);
        this.#show();
        return;
      case "member":
        this.#parts.pool().addMember(message.member);
        return;
      case "units":
        this.#plan(message.units);
        return;
      case "planned":
        this.#plansPending -= 1;
        this.#closeWhenPlanned();
        return;
      case "cards":
        this.#parts.store.set({ files: message.files, trust: message.trust });
        return;
      case "concluding":
        this.#meter.late(message.stage, message.done, message.total);
        this.#show();
        return;
      case "concluded":
        if (message.ask === this.#conclusions) {
          this.#settleConclusion(this.#finish(message));
        }
        return;
      case "conclusion-failed":
        if (message.ask === this.#conclusions) {
          this.#failConclusion(message.message);
        }
        return;
    }
  }

  unitDone(unit: Unit, message: UnitDoneMessage): void {
    if (!this.#units.has(unit)) {
      return;
    }
    if (!this.#done.has(unit)) {
      this.#done.add(unit);
      this.#meter.done(message);
    }
    const { rowBase, batches } = message;
    const rows = message.receipts + message.deadLetters;
    if (rows > 0 && !this.#indexed.has(unit)) {
      this.#indexed.add(unit);
      this.#keep(this.#insert({ rowBase, rows, ...batches }));
    }
    this.#show();
  }

  unitLost(unit: Unit, reason: string): void {
    if (this.#units.has(unit)) {
      this.#meter.lost(unit.end - unit.start);
      this.#parts.engine().post({ kind: "unit-lost", unit, reason });
    }
  }

  drained(): void {
    if (this.#plansPending === 0 && this.#parts.store.state.phase === "running") {
      this.#conclude();
    }
  }

  #begin(): void {
    const { store, now } = this.#parts;
    if (store.state.phase !== "running") {
      this.#began = now();
      this.#stopped = false;
      store.set({ phase: "running", verdict: null }, "now");
    }
  }

  #plan(units: readonly Unit[]): void {
    let bytes = 0;
    for (const unit of units) {
      this.#units.add(unit);
      bytes += unit.end - unit.start;
    }
    this.#meter.plan(bytes);
    if (!this.#stopped) {
      this.#parts.pool().addUnits(units);
    }
  }

  #closeWhenPlanned(): void {
    if (this.#plansPending === 0) {
      this.#meter.setPlanned(true);
      this.#parts.pool().close();
    }
  }

  #conclude(): void {
    if (this.#conclusion !== "none") {
      this.#conclusion = "again";
      return;
    }
    this.#conclusion = "under-way";
    this.#settleConclusion(this.#askConclusion());
  }

  async #askConclusion(): Promise<void> {
    const epoch = this.#epoch;
    this.#conclusions += 1;
    const ask = this.#conclusions;
    await Promise.all(this.#inserts);
    const { writer } = await this.#parts.database();
    if (await writer.flush()) {
      this.#bumpRevision();
    }
    this.#parts.engine().post({
      kind: "conclude",
      epoch,
      ask,
      results: this.#done.size,
      partial: this.#stopped,
      inserted: [...writer.inserted],
      notIndexed: writer.notIndexed,
    });
  }

  async #finish(message: ConcludedMessage): Promise<void> {
    const { store, now } = this.#parts;
    const { writer } = await this.#parts.database();
    await writer.replaceConclusion(message.tables);
    if (message.epoch !== this.#epoch || message.ask !== this.#conclusions) {
      return;
    }
    this.absences = message.absences;
    const again = this.#conclusion === "again";
    this.#conclusion = "none";
    if (again || this.#plansPending > 0 || this.#parts.pool().busy) {
      this.#bumpRevision();
      if (again) {
        this.#conclude();
      }
      return;
    }
    this.#checkedMilliseconds += now() - this.#began;
    this.#meter.finish();
    store.set(
      {
        phase: this.#stopped ? "stopped" : "done",
        verdict: message.verdict,
        files: message.files,
        rejects: message.rejects,
        trust: message.trust,
        progress: this.#meter.progress(),
        revision: store.state.revision + 1,
        machine: {
          ...store.state.machine,
          checkedReceipts: this.#meter.receipts,
          checkedSeconds: this.#checkedMilliseconds / 1000,
        },
      },
      "now",
    );
  }

  async #insert(unit: UnitStreams): Promise<void> {
    const { writer } = await this.#parts.database();
    if (await writer.insert(unit)) {
      this.#bumpRevision();
    }
  }

  #bumpRevision(): void {
    const { store } = this.#parts;
    // A few times in a run, and someone waits for the first of them.
    store.set({ revision: store.state.revision + 1 }, "now");
  }

  #keep(insertion: Promise<void>): void {
    const kept = insertion.catch((error: unknown) => {
      if (!isDeath(error)) {
        this.#fail(String(error));
      }
    });
    this.#inserts.add(kept);
    this.#settle(kept.then(() => this.#inserts.delete(kept)));
  }

  #settleConclusion(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      // A dead database is opened anew and filled again, and that ends in a conclusion of its own.
      if (!isDeath(error)) {
        this.#failConclusion(String(error));
      }
    });
  }

  #settle(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!isDeath(error)) {
        this.#fail(String(error));
      }
    });
  }

  /** No verdict can be given: the run ends without one, and says why. */
  #failConclusion(message: string): void {
    this.#conclusion = "none";
    this.#parts.store.set({ phase: "stopped", verdict: null });
    this.#fail(message);
  }

  #fail(message: string): void {
    this.#parts.store.set({ notice: { code: "ENGINE", message } }, "now");
  }

  #show(more: Partial<SessionState> = {}, when: "now" | "soon" = "soon"): void {
    this.#parts.store.set({ ...more, progress: this.#meter.progress() }, when);
  }
}

function isDeath(error: unknown): boolean {
  return error instanceof Error && error.name === "DatabaseDied";
}

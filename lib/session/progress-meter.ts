import type { UnitDoneMessage } from "@/lib/workers/protocol.ts";
import { memoryOf } from "./memory-model.ts";
import type { Progress, StageProgress } from "./model.ts";

/** Milliseconds over which the rate is taken. */
const WINDOW = 3_000;

type Late = "prove" | "link";

/** Counts what a run has done and says how fast it goes. The clock is an argument. */
export class ProgressMeter {
  readonly #now: () => number;
  readonly #marks: { at: number; receipts: number; bytes: number }[] = [];
  #read = { done: 0, total: 0, note: "" };
  #planned = false;
  #plannedBytes = 0;
  #checkedBytes = 0;
  #records = 0;
  #rejected = 0;
  #receipts = 0;
  #failing = 0;
  #late: Record<Late, { done: number; total: number } | null> = { prove: null, link: null };
  #finished = false;

  constructor(now: () => number) {
    this.#now = now;
  }

  get receipts(): number {
    return this.#receipts;
  }

  /** About how many octets the page takes now. */
  get memoryBytes(): number {
    return memoryOf(this.#checkedBytes);
  }

  reading(done: number, total: number, note: string): void {
    this.#read = { done, total, note };
  }

  plan(bytes: number): void {
    this.#plannedBytes += bytes;
    this.#finished = false;
  }

  /** Whether everything that was dropped has been read and planned. */
  setPlanned(planned: boolean): void {
    this.#planned = planned;
  }

  done(message: UnitDoneMessage): void {
    this.#checkedBytes += message.bytes;
    this.#records += message.records;
    this.#rejected += message.rejected;
    this.#receipts += message.receipts;
    this.#failing += message.failing;
    this.#marks.push({
      at: this.#now(),
      receipts: this.#receipts,
      bytes: this.#checkedBytes,
    });
  }

  lost(bytes: number): void {
    this.#checkedBytes += bytes;
  }

  late(stage: Late, done: number, total: number): void {
    this.#late[stage] = { done, total };
  }

  finish(): void {
    this.#finished = true;
  }

  /** The stages as they stand; totals are estimates until everything has been read. */
  progress(): Progress {
    const rates = this.#rates();
    const checked = this.#planned && this.#checkedBytes >= this.#plannedBytes;
    const left = this.#plannedBytes - this.#checkedBytes;
    return {
      stages: [
        this.#readStage(),
        this.#estimated("parse", this.#records, checked, this.#parseNote()),
        this.#estimated("sign", this.#receipts, checked, this.#signNote(checked)),
        this.#lateStage("prove", "Receipts to signed roots"),
        this.#lateStage("link", "Checkpoints, gaps, forks"),
      ],
      rate: rates.receipts,
      secondsLeft: checked || rates.bytes === null || rates.bytes === 0 ? null : left / rates.bytes,
      memoryEstimate: memoryOf(this.#plannedBytes),
    };
  }

  #readStage(): StageProgress {
    const { done, total, note } = this.#read;
    return { name: "read", state: this.#planned ? "done" : "running", done, total, note };
  }

  #estimated(name: "parse" | "sign", done: number, checked: boolean, note: string): StageProgress {
    if (checked) {
      return { name, state: "done", done, total: done, note };
    }
    const share = this.#plannedBytes === 0 ? 0 : this.#checkedBytes / this.#plannedBytes;
    const total = share === 0 ? 0 : Math.round(done / share);
    return { name, state: done === 0 ? "waiting" : "running", done, total, note };
  }

  #lateStage(name: Late, note: string): StageProgress {
    const late = this.#late[name];
    if (late === null) {
      const waiting = { done: 0, total: 0, note: "Waits for signatures" };
      return this.#finished
        ? { name, state: "done", done: 0, total: 0, note }
        : { name, state: "waiting", ...waiting };
    }
    const state = this.#finished || late.done >= late.total ? "done" : "running";
    return { name, state, ...late, note };
  }

  #parseNote(): string {
    switch (this.#rejected) {
      case 0:
        return "Every row understood";
      case 1:
        return "1 row not understood";
      default:
        return `${grouped(this.#rejected)} rows not understood`;
    }
  }

  #signNote(checked: boolean): string {
    const soFar = checked ? "" : " so far";
    switch (this.#failing) {
      case 0:
        return this.#receipts === 0 ? "" : `Every one fits${soFar}`;
      case 1:
        return `1 does not fit${soFar}`;
      default:
        return `${grouped(this.#failing)} do not fit${soFar}`;
    }
  }

  #rates(): { receipts: number | null; bytes: number | null } {
    const since = this.#now() - WINDOW;
    while (this.#marks.length > 2 && (this.#marks[0]?.at ?? 0) < since) {
      this.#marks.shift();
    }
    const first = this.#marks[0];
    const last = this.#marks.at(-1);
    if (first === undefined || last === undefined || last.at <= first.at) {
      return { receipts: null, bytes: null };
    }
    const seconds = (last.at - first.at) / 1000;
    return {
      receipts: (last.receipts - first.receipts) / seconds,
      bytes: (last.bytes - first.bytes) / seconds,
    };
  }
}

function grouped(count: number): string {
  return count.toLocaleString("en-US");
}

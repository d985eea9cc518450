import type { JudgedPack, ReplayOutcome } from "./model.ts";

export interface CountedOutcome {
  readonly outcome: ReplayOutcome;
  readonly count: number;
}

/** What is known of a replay so far; an immutable snapshot but for the rows, which only grow. */
export interface ReplayResult {
  readonly total: number;
  readonly done: number;
  readonly allowed: number;
  readonly denied: number;
  readonly notEvaluated: number;
  /** Denials still denied, and those not evaluated, by their reason; the most frequent first. */
  readonly reasons: readonly CountedOutcome[];
  readonly agentsAssumed: number;
  readonly milliseconds: number;
}

export interface ListedDenial {
  readonly row: number;
  readonly outcome: ReplayOutcome;
}

/** Counts what becomes of each denial of one run, and remembers it by row. */
export class Tally {
  readonly #rows: Float64Array;
  readonly #outcomeOf: Uint16Array;
  #outcomes: readonly ReplayOutcome[] = [];
  #counts: number[] = [];
  #agentsAssumed = 0;
  #done = 0;

  constructor(total: number) {
    this.#rows = new Float64Array(total);
    this.#outcomeOf = new Uint16Array(total);
  }

  add({ rows, outcomeOf, outcomes, agentsAssumed }: JudgedPack): void {
    this.#rows.set(rows, this.#done);
    this.#outcomeOf.set(outcomeOf, this.#done);
    this.#done += rows.length;
    this.#agentsAssumed += agentsAssumed;
    this.#outcomes = outcomes;
    this.#counts = outcomes.map((_, number) => this.#counts[number] ?? 0);
    for (const number of outcomeOf) {
      this.#counts[number] = (this.#counts[number] ?? 0) + 1;
    }
  }

  result(milliseconds: number): ReplayResult {
    const counted = this.#outcomes.map((outcome, number) => ({
      outcome,
      count: this.#counts[number] ?? 0,
    }));
    const of = (kind: ReplayOutcome["kind"]): number =>
      counted.reduce((sum, { outcome, count }) => sum + (outcome.kind === kind ? count : 0), 0);
    return {
      total: this.#rows.length,
      done: this.#done,
      allowed: of("allowed"),
      denied: of("denied"),
      notEvaluated: of("not-evaluated"),
      reasons: counted
        .filter(({ outcome }) => outcome.kind !== "allowed")
        .sort((a, b) => b.count - a.count),
      agentsAssumed: this.#agentsAssumed,
      milliseconds,
    };
  }

  /** The denials of one kind, in the order of the files, from `first` on. */
  list(kind: ReplayOutcome["kind"], first: number, most: number): readonly ListedDenial[] {
    const listed: ListedDenial[] = [];
    let passed = 0;
    for (let at = 0; at < this.#done && listed.length < most; at += 1) {
      const outcome = this.#outcomes[this.#outcomeOf[at] ?? 0];
      if (outcome?.kind === kind) {
        passed += 1;
        if (passed > first) {
          listed.push({ row: this.#rows[at] ?? 0, outcome });
        }
      }
    }
    return listed;
  }
}

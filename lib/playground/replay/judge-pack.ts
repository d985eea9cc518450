import { parseJson } from "@/kernel/json/parse.ts";
import type { JsonValue } from "@/kernel/json/value.ts";
import { resolveInside } from "@/lib/ingest/kafka/forms.ts";
import type { PackedRow, RecordPack } from "@/lib/queries/record-pack.ts";
import type { JudgedDenial, JudgedPack, ReplayOutcome } from "./model.ts";
import type { Replay } from "./replay-denials.ts";

const LOST: ReplayOutcome = { kind: "not-evaluated", why: "record-lost" };

/** Judges the records of one run, pack by pack, and numbers the outcomes that it meets. */
export class PackJudge {
  readonly #replay: Replay;
  readonly #decoder = new TextDecoder();
  readonly #outcomes: ReplayOutcome[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(replay: Replay) {
    this.#replay = replay;
  }

  judge({ bytes, rows, lost, capabilities }: RecordPack): JudgedPack {
    for (const [id, known] of capabilities) {
      this.#replay.learn(id, known);
    }
    const numbers = new Float64Array(rows.length + lost.length);
    const outcomeOf = new Uint16Array(numbers.length);
    let agentsAssumed = 0;
    let record: Read = { start: -1, value: undefined };
    for (const [at, row] of rows.entries()) {
      record = record.start === row.start ? record : this.#read(bytes, row);
      const { outcome, agentAssumed } = this.#judge(record, row);
      numbers[at] = row.row;
      outcomeOf[at] = this.#numberOf(outcome);
      agentsAssumed += agentAssumed ? 1 : 0;
    }
    for (const [at, row] of lost.entries()) {
      numbers[rows.length + at] = row;
      outcomeOf[rows.length + at] = this.#numberOf(LOST);
    }
    return { rows: numbers, outcomeOf, outcomes: [...this.#outcomes], agentsAssumed };
  }

  #read(bytes: Uint8Array, { start, end }: PackedRow): Read {
    const parsed = parseJson(this.#decoder.decode(bytes.subarray(start, end)));
    return { start, value: parsed.ok ? parsed.value.value : undefined };
  }

  #judge({ value }: Read, { pointer }: PackedRow): JudgedDenial {
    return this.#replay.judge(value === undefined ? undefined : resolveInside(value, pointer));
  }

  #numberOf(outcome: ReplayOutcome): number {
    const name = JSON.stringify(outcome);
    const known = this.#numbers.get(name);
    if (known !== undefined) {
      return known;
    }
    this.#numbers.set(name, this.#outcomes.length);
    return this.#outcomes.push(outcome) - 1;
  }
}

/** A record that was read; several receipts may stand in one. */
interface Read {
  readonly start: number;
  readonly value: JsonValue | undefined;
}

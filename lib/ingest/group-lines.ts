import { problemRecord } from "./raw-records.ts";
import type { RawRecord } from "./record.ts";
import { hasPlace, hasTime, isHeaderLine } from "./text/confluent-cli.ts";
import type { Reading } from "./text/reading.ts";

/**
 * Puts the lines of Confluent's command line tool together: a record's line, the further lines of its value,
 * and the line of its headers below it, which ends it.
 */
export class LineGroups {
  readonly #begins: (line: string) => boolean;
  readonly #recordBytes: number;
  #pending: RawRecord[] = [];
  #length = 0;

  constructor({ columns }: Reading, recordBytes: number) {
    this.#begins = columns.includes("offset")
      ? hasPlace
      : columns.includes("timestamp")
        ? hasTime
        : () => true;
    this.#recordBytes = recordBytes;
  }

  /** The records that end before or with these lines. */
  add(lines: readonly RawRecord[]): readonly RawRecord[] {
    const records: RawRecord[] = [];
    for (const line of lines) {
      const text = line.text ?? line.problem?.lossyText ?? "";
      const isHeaders = isHeaderLine(text);
      if (this.#pending.length > 0 && !isHeaders && this.#begins(text)) this.#end(records);
      if (this.#isRoom(line)) this.#pending.push(line);
      this.#length = endOf(line) - (this.#pending[0]?.offset ?? line.offset);
      if (isHeaders) this.#end(records);
    }
    return records;
  }

  finish(): readonly RawRecord[] {
    const records: RawRecord[] = [];
    if (this.#pending.length > 0) this.#end(records);
    return records;
  }

  /** Of a record that is too long, no more is held than its first line. */
  #isRoom(line: RawRecord): boolean {
    const first = this.#pending[0];
    return first === undefined || endOf(line) - first.offset <= this.#recordBytes;
  }

  #end(records: RawRecord[]): void {
    const [first] = this.#pending;
    if (first !== undefined) records.push(this.#joined(first));
    this.#pending = [];
    this.#length = 0;
  }

  #joined(first: RawRecord): RawRecord {
    const length = this.#length;
    const place = { line: first.line, offset: first.offset, length };
    if (this.#pending.length === 1 && length === first.length) return first;
    const limited = this.#pending.find(({ problem }) => problem?.code === "LIM-001");
    if (limited !== undefined || length > this.#recordBytes) {
      const head = new TextEncoder().encode((first.text ?? "").slice(0, 1000));
      return problemRecord("LIM-001", head, place);
    }
    const texts = this.#pending.map(({ text, problem }) => text ?? problem?.lossyText ?? "");
    const text = texts.join("\n");
    const lossy = this.#pending.find(({ problem }) => problem !== null)?.problem;
    return lossy === undefined || lossy === null
      ? { text, problem: null, ...place }
      : { text: null, problem: { ...lossy, lossyText: text }, ...place };
  }
}

function endOf({ offset, length }: RawRecord): number {
  return offset + length;
}

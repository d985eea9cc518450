import type { Member } from "@/lib/ingest/record.ts";
import type { DraftPlace } from "./ledger.ts";
import type { OtherRecord, UnitResult } from "./unit-result.ts";

/** What the dataset keeps of a member: everything but its bytes. */
export type MemberInfo = Omit<Member, "source" | "bounds"> & { readonly size: number };

/** A record that is no receipt, with the member and unit that it came from. */
export interface PlacedRecord extends OtherRecord {
  readonly member: number;
  readonly unitStart: number;
}

/** The members of a run and the numbering of their lines. */
export class Members {
  readonly all: MemberInfo[] = [];
  readonly #byId = new Map<number, MemberInfo>();
  readonly #positions = new Map<number, number>();
  readonly #units = new Map<number, Map<number, number>>();
  readonly #records = new Map<number, number>();

  add(member: MemberInfo): void {
    this.#positions.set(member.id, this.all.length);
    this.all.push(member);
    this.#byId.set(member.id, member);
  }

  setHash(id: number, sha256: string): void {
    const member = this.#byId.get(id);
    const at = this.#positions.get(id);
    if (member !== undefined && at !== undefined) {
      const hashed = { ...member, sha256 };
      this.#byId.set(id, hashed);
      this.all[at] = hashed;
    }
  }

  addUnit(result: UnitResult): void {
    let units = this.#units.get(result.member);
    if (units === undefined) {
      units = new Map();
      this.#units.set(result.member, units);
    }
    units.set(result.start, result.lines);
    this.#records.set(result.member, this.recordsOf(result.member) + result.records);
  }

  get(id: number): MemberInfo | undefined {
    return this.#byId.get(id);
  }

  pathOf(id: number): string {
    return this.#byId.get(id)?.path ?? "";
  }

  recordsOf(id: number): number {
    return this.#records.get(id) ?? 0;
  }

  /**
   * The group whose sequence numbers belong together: the collection, or the loose file by itself (the
   * separator keeps a loose file apart from a folder of its name).
   */
  groupOf(id: number): string {
    const member = this.#byId.get(id);
    return member === undefined || member.collection === "" ? `\u0000${id}` : member.collection;
  }

  collectionOf(id: number): string {
    return this.#byId.get(id)?.collection ?? "";
  }

  /** A numbering of lines over whole members: the lines of earlier units come before a unit's own. */
  lineNumbers(): (place: DraftPlace) => number | null {
    const before = new Map<number, Map<number, number>>();
    for (const [member, units] of this.#units) {
      const starts = [...units.keys()].sort((a, b) => a - b);
      const bases = new Map<number, number>();
      let lines = 0;
      for (const start of starts) {
        bases.set(start, lines);
        lines += units.get(start) ?? 0;
      }
      before.set(member, bases);
    }
    return ({ member, unitStart, line }) =>
      line === null || unitStart === null ? line : line + (before.get(member)?.get(unitStart) ?? 0);
  }
}

export function placeOf(record: PlacedRecord, pointer = ""): DraftPlace {
  return {
    member: record.member,
    unitStart: record.unitStart,
    line: record.line,
    offset: record.offset,
    pointer: `${record.pointer}${pointer}`,
  };
}

export function wholeFile(member: number): DraftPlace {
  return { member, unitStart: null, line: null, offset: null, pointer: "" };
}

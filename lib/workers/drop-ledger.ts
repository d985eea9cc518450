import type { Member } from "@/lib/ingest/record.ts";
import type { Dataset } from "@/lib/verification/dataset.ts";
import type { UnitResult } from "@/lib/verification/unit-result.ts";
import type { FoundTrust } from "./trust-desk.ts";

interface Drop {
  /** Every member is a file by itself: not in a folder, not in an archive. */
  loose: boolean;
  records: number;
  trustFiles: number;
}

/** Which members came together, because a trust file counts only when nothing else came with it. */
export class DropLedger {
  readonly #drops: Drop[] = [];
  readonly #ofMember = new Map<number, number>();

  begin(): number {
    this.#drops.push({ loose: true, records: 0, trustFiles: 0 });
    return this.#drops.length - 1;
  }

  addMember(drop: number, member: Member): void {
    this.#ofMember.set(member.id, drop);
    const known = this.#drops[drop];
    if (known !== undefined && (member.path.includes("/") || member.table !== null)) {
      known.loose = false;
    }
  }

  add(result: UnitResult): void {
    const drop = this.#drops[this.#ofMember.get(result.member) ?? -1];
    if (drop !== undefined) {
      drop.records += result.records;
      drop.trustFiles += result.others.filter(({ kind }) => kind === "trust-file").length;
    }
  }

  /** Every trust file that was read so far. */
  trustFiles(dataset: Dataset): readonly FoundTrust[] {
    return dataset.others
      .filter(({ kind }) => kind === "trust-file")
      .map(({ member, offset, value }) => {
        const drop = this.#drops[this.#ofMember.get(member) ?? -1];
        const alone = drop?.loose === true && drop.records === drop.trustFiles;
        return { id: `${member}:${offset}`, path: dataset.members.pathOf(member), value, alone };
      });
  }
}

import type { Member } from "@/lib/ingest/record.ts";
import type { Dataset } from "@/lib/verification/dataset.ts";
import type { UnitResult } from "@/lib/verification/unit-result.ts";
import type { DropFiles } from "./engine-ports.ts";
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
  readonly #names = new Map<string, number>();

  /**
   * The files by paths that no earlier drop has: two folders or archives of one name are two things, and
   * the manifest of one must not count the rows of the other.
   */
  distinct(files: DropFiles): DropFiles {
    const tops = new Set(files.map(({ path }) => topOf(path)));
    const suffixes = new Map<string, string>();
    for (const top of tops) {
      const times = (this.#names.get(top) ?? 0) + 1;
      this.#names.set(top, times);
      suffixes.set(top, times === 1 ? "" : ` (${times})`);
    }
    return files.map(({ path, file }) => {
      const top = topOf(path);
      return { path: `${top}${suffixes.get(top) ?? ""}${path.slice(top.length)}`, file };
    });
  }

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
        const input = dataset.members.get(member)?.input ?? -1;
        const path = dataset.members.pathOf(member);
        return { id: `${member}:${offset}`, path, input, value, alone };
      });
  }
}

/** The name of what was dropped: the folder, or the file by itself. */
function topOf(path: string): string {
  const slash = path.indexOf("/");
  return slash < 0 ? path : path.slice(0, slash);
}

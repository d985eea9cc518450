import type { MemberInfo } from "./members.ts";

/** The members of a drop by path, so that a folder's content is found without a look at all of them. */
export class Folders {
  readonly #sorted: readonly MemberInfo[];
  readonly #byPath = new Map<string, MemberInfo>();

  constructor(members: readonly MemberInfo[]) {
    const files = members.filter(({ table }) => table === null);
    this.#sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    for (const member of files) {
      this.#byPath.set(member.path, member);
    }
  }

  at(path: string): MemberInfo | undefined {
    return this.#byPath.get(path);
  }

  /** Files below a folder, whose name ends in a slash. */
  *below(folder: string): Generator<MemberInfo> {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle]?.path ?? "") < folder) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (let at = low; this.#sorted[at]?.path.startsWith(folder) === true; at += 1) {
      const member = this.#sorted[at];
      if (member !== undefined) {
        yield member;
      }
    }
  }
}

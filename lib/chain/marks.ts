/** Which nodes a walk has been to. Emptied by counting on, not by writing a million zeros. */
export class Marks {
  #stamps: Uint32Array;
  #generation = 1;
  /** Room for one entry for each node: a walk's queue. Its content is the last borrower's. */
  readonly queue: Int32Array;

  constructor(count: number) {
    this.#stamps = new Uint32Array(count);
    this.queue = new Int32Array(count);
  }

  has(node: number): boolean {
    return this.#stamps[node] === this.#generation;
  }

  /** True where the node was not marked before. */
  add(node: number): boolean {
    if (this.#stamps[node] === this.#generation) {
      return false;
    }
    this.#stamps[node] = this.#generation;
    return true;
  }

  clear(): void {
    if (this.#generation === 0xffff_ffff) {
      this.#stamps.fill(0);
      this.#generation = 0;
    }
    this.#generation += 1;
  }
}

/** Numbers a list's distinct texts in the order in which they were first met. */
export class Interner {
  readonly values: string[] = [];
  readonly #numbers = new Map<string, number>();

  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) {
      return known;
    }
    const next = this.values.length;
    this.values.push(text);
    this.#numbers.set(text, next);
    return next;
  }
}

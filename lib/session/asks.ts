/** Questions to a worker that wait for their answers, by number. */
export class Asks<Answer> {
  readonly #waiting = new Map<
    number,
    { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void }
  >();

  /** @param post sends the question, when it can be answered */
  ask(number: number, post: () => void): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      post();
    });
  }

  answer(number: number, answer: Answer): void {
    this.#waiting.get(number)?.resolve(answer);
    this.#waiting.delete(number);
  }

  /** Numbers of other questions are overlooked. */
  fail(number: number, message: string): void {
    this.#waiting.get(number)?.reject(new Error(message));
    this.#waiting.delete(number);
  }

  /** Whoever would answer is gone. */
  failAll(message: string): void {
    for (const number of [...this.#waiting.keys()]) {
      this.fail(number, message);
    }
  }
}

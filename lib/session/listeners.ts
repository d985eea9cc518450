/** Who wants to hear of a change of something that lives outside React. */
export class Listeners {
  readonly #all = new Set<() => void>();

  /** Calls back at each change; returns how to stop. Of the form that `useSyncExternalStore` takes. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  };

  tell(): void {
    for (const listener of this.#all) {
      listener();
    }
  }
}

interface OpenFiring {
  readonly agent: string;
  readonly at: number;
  held: number;
}

/** One rule over denials of one agent, by hand: the newest second of each scope, or every second in the window. */
export class RuleCount {
  readonly firings: OpenFiring[] = [];
  readonly #windowSeconds: number;
  readonly #cooldownSeconds: number;
  readonly #threshold: number;
  readonly #open = new Map<string, OpenFiring>();

  constructor(rule: { windowSeconds: number; cooldownSeconds: number; threshold: number }) {
    this.#windowSeconds = rule.windowSeconds;
    this.#cooldownSeconds = rule.cooldownSeconds;
    this.#threshold = rule.threshold;
  }

  /** @param reached how much of it there is in the window that ends at `at` */
  met(agent: string, at: number, reached: number): void {
    if (reached < this.#threshold) {
      return;
    }
    const open = this.#open.get(agent);
    if (open !== undefined && at < open.at + this.#cooldownSeconds) {
      open.held += 1;
      return;
    }
    const firing = { agent, at, held: 0 };
    this.firings.push(firing);
    this.#open.set(agent, firing);
  }

  since(at: number): number {
    return at - this.#windowSeconds;
  }
}

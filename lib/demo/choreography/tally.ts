import type { ChoreographyTruth, OrderTruth } from "./model.ts";
import type { OrderState } from "./order-state.ts";
import type { EvidenceClass, Step } from "./story.ts";

/** Orders that are counted one by one. */
const LISTED = 100;
const STRONGER: readonly EvidenceClass[] = ["asserted", "observed", "verified"];

/** Counts what is written, as it is written. */
export class Tally {
  readonly #bySource = { "call-chain": 0, lineage: 0, "record-header": 0 };
  readonly #byStrength = { asserted: 0, observed: 0, verified: 0 };
  readonly #missing: string[] = [];
  readonly #rolledBack: string[] = [];
  readonly #edited: string[] = [];
  readonly #perOrder: { root: string; receipts: number; denied: number }[] = [];
  readonly #counts = {
    receipts: 0,
    denied: 0,
    incomplete: 0,
    links: 0,
    roots: 0,
    confirmed: 0,
    records: 0,
    statements: 0,
  };
  #hot = { id: "", descendants: 0, denied: 0 };

  count(name: "records" | "statements" | "confirmed"): void {
    this.#counts[name] += 1;
  }

  /** A link with everything that tells of it. */
  link(sources: readonly (keyof ChoreographyTruth["linksBySource"])[], said: EvidenceClass): void {
    this.#counts.links += 1;
    let strongest = 0;
    for (const source of sources) {
      this.#bySource[source] += 1;
      const evidence =
        source === "lineage" ? "verified" : source === "record-header" ? "observed" : said;
      strongest = Math.max(strongest, STRONGER.indexOf(evidence));
    }
    this.#byStrength[STRONGER[strongest] ?? "asserted"] += 1;
  }

  missing(id: string): void {
    this.#missing.push(id);
  }

  rolledBack(id: string): void {
    this.#rolledBack.push(id);
  }

  edited(id: string): void {
    this.#edited.push(id);
  }

  receipt(
    step: Step,
    state: OrderState,
    id: string,
    verdict: "allow" | "deny" | "incomplete",
  ): void {
    const denied = verdict === "deny" ? 1 : 0;
    this.#counts.receipts += 1;
    this.#counts.denied += denied;
    this.#counts.incomplete += verdict === "incomplete" ? 1 : 0;
    this.#counts.roots += step.cause.kind === "none" ? 1 : 0;
    const listed = this.#perOrder[state.order];
    if (listed !== undefined) {
      listed.receipts += 1;
      listed.denied += denied;
    } else if (state.order < LISTED && step.number === 0) {
      this.#perOrder[state.order] = { root: id, receipts: 1, denied };
    }
    if (state.order === 0 && step.number === 0) {
      this.#hot = { id, descendants: 0, denied: 0 };
    } else if (state.order === 0 && state.reached[step.number] === true) {
      this.#hot.descendants += 1;
      this.#hot.denied += denied;
    }
  }

  truth(orders: number): ChoreographyTruth {
    return {
      ...this.#counts,
      orders,
      linksBySource: { ...this.#bySource },
      linksByStrength: { ...this.#byStrength },
      missing: this.#missing,
      rolledBack: this.#rolledBack,
      edited: this.#edited,
      hotRoot: this.#hot,
      perOrder: this.#perOrder.map((one): OrderTruth => ({ ...one })),
    };
  }
}

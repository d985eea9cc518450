import type { Primitives } from "@/kernel/primitives.ts";
import { hashText } from "@/kernel/texts.ts";
import { type ChainNodes, DECISIONS, NO_COST, SETTLEMENTS } from "@/lib/chain/model.ts";
import type { Dataset } from "./dataset.ts";
import { DigestSet } from "./digest-set.ts";
import { HashTable } from "./hash-table.ts";
import { Interner } from "./interner.ts";
import { NOT_CHECKED, type RowStatuses, STATUS_NAMES } from "./statuses.ts";
import { FLAG, NO_NUMBER } from "./unit-result.ts";

const PINNED = STATUS_NAMES.indexOf("verified-not-checkpointed");
const SELF_CONSISTENT = STATUS_NAMES.indexOf("self-consistent");

const NO_DECISION = DECISIONS.indexOf("none");

/**
 * The nodes of a chain as they are gathered: one for each receipt, in the order of the files, whichever
 * order the units arrived in. Columns that links decide (settlement) are filled by their readers.
 */
export class NodeDraft {
  readonly receipts: number;
  /** For each row of the dataset, the node of its receipt. */
  readonly nodeOfRow: Int32Array;
  /** For each node, the row that stands for its receipt. */
  readonly rowOfNode: Int32Array;
  readonly settlement: Uint8Array;
  /** Names of parents that are not loaded, in the order in which they were first named. */
  readonly missing: string[] = [];
  readonly boundary: Uint8Array;
  readonly decision: Uint8Array;
  readonly continues: Uint8Array;
  readonly time: Float64Array;
  readonly service: Int32Array;
  readonly agent: Int32Array;
  readonly topic: Int32Array;
  readonly texts = new Interner();
  readonly #dataset: Dataset;
  readonly #statuses: RowStatuses;
  readonly #primitives: Primitives;
  readonly #tool: Int32Array;
  readonly #guard: Int32Array;
  readonly #currency: Int32Array;
  readonly #cost: BigUint64Array;
  readonly #missingNames = new DigestSet();
  #identities: HashTable | null = null;
  /** Of ids that unsigned denials bear first, by their first row. */
  readonly #answering = new Map<number, number>();

  constructor(dataset: Dataset, statuses: RowStatuses, primitives: Primitives) {
    this.#dataset = dataset;
    this.#statuses = statuses;
    this.#primitives = primitives;
    const { rows, chain } = dataset;
    const { standsFor } = statuses;
    this.nodeOfRow = new Int32Array(rows.count).fill(-1);
    const order = new Int32Array(rows.count);
    let receipts = 0;
    for (const { first, count } of chain.inOrder()) {
      for (let row = first; row < first + count; row += 1) {
        if (standsFor[row] === row) {
          this.nodeOfRow[row] = receipts;
          order[receipts] = row;
          receipts += 1;
        }
      }
    }
    for (let row = 0; row < rows.count; row += 1) {
      this.nodeOfRow[row] = this.nodeOfRow[standsFor[row] ?? row] ?? -1;
    }
    this.receipts = receipts;
    this.rowOfNode = order.slice(0, receipts);
    this.settlement = new Uint8Array(receipts).fill(SETTLEMENTS.indexOf("unknown"));
    this.boundary = new Uint8Array(receipts);
    this.decision = new Uint8Array(receipts);
    this.continues = new Uint8Array(receipts);
    this.time = new Float64Array(receipts);
    this.service = new Int32Array(receipts);
    this.topic = new Int32Array(receipts);
    this.agent = new Int32Array(receipts);
    this.#tool = new Int32Array(receipts);
    this.#guard = new Int32Array(receipts);
    this.#currency = new Int32Array(receipts);
    this.#cost = new BigUint64Array(receipts);
    this.texts.number("");
    this.#fill();
  }

  #fill(): void {
    const { rows, chain } = this.#dataset;
    const { standsFor } = this.#statuses;
    for (const unit of chain.units) {
      const { steps, texts } = unit.chain;
      const numbers = Int32Array.from(texts, (text) => this.texts.number(text));
      const textOf = (column: Uint32Array, index: number): number =>
        numbers[column[index] ?? 0] ?? 0;
      for (let index = 0; index < unit.count; index += 1) {
        const row = unit.first + index;
        if (standsFor[row] !== row) {
          continue;
        }
        const node = this.nodeOfRow[row] ?? -1;
        this.boundary[node] = steps.boundary[index] ?? 0;
        this.decision[node] = steps.decision[index] ?? NO_DECISION;
        this.continues[node] = steps.continues[index] ?? 0;
        this.time[node] = rows.timestamp[row] ?? Number.NaN;
        this.service[node] = textOf(steps.service, index);
        this.agent[node] = textOf(steps.agent, index);
        this.#tool[node] = textOf(steps.tool, index);
        this.topic[node] = textOf(steps.topic, index);
        this.#guard[node] = textOf(steps.guard, index);
        this.#currency[node] = textOf(steps.currency, index);
        const cost = steps.cost[index] ?? NO_NUMBER;
        this.#cost[node] = cost === NO_NUMBER ? NO_COST : cost;
      }
    }
  }

  /** Whether the row's signature and content hold, whoever signed it. */
  stands(row: number): boolean {
    return (this.#statuses.ofRow[row] ?? STATUS_NAMES.length) <= SELF_CONSISTENT;
  }

  /** Whether it also was signed with a key that the auditor pinned. */
  isPinned(row: number): boolean {
    return (this.#statuses.ofRow[row] ?? STATUS_NAMES.length) <= PINNED;
  }

  /** A number for each signer. */
  keyOfRow(row: number): number {
    return this.#dataset.rows.key[row] ?? -1;
  }

  /**
   * The receipt whose id has this SHA-256 (at octet `at`), or -1. A client's made-up denial may bear any id:
   * it answers to one that no receipt has.
   */
  nodeOfHash(hash: Uint8Array, at = 0): number {
    const { rows } = this.#dataset;
    this.#identities ??= new HashTable(rows.identity, rows.count);
    const first = this.#identities.find(hash, at);
    if (first === -1 || !rows.has(first, FLAG.synthetic)) {
      return first === -1 ? -1 : (this.nodeOfRow[first] ?? -1);
    }
    let node = this.#answering.get(first);
    if (node === undefined) {
      node = this.#answerOf(this.#identities, first);
      this.#answering.set(first, node);
    }
    return node;
  }

  /** As {@link nodeOfHash}, for the id that a row has. */
  nodeOfIdAt(row: number): number {
    const { rows } = this.#dataset;
    return rows.has(row, FLAG.synthetic)
      ? this.nodeOfHash(rows.identity, row * 32)
      : (this.nodeOfRow[row] ?? -1);
  }

  /** Of the rows with one id the receipt, else the denial that stands first in the files. */
  #answerOf(identities: HashTable, first: number): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (let row = first; row !== -1; row = identities.after(row)) {
      const node = this.nodeOfRow[row] ?? -1;
      if (!this.#dataset.rows.has(row, FLAG.synthetic)) {
        return node;
      }
      earliest = Math.min(earliest, node);
    }
    return earliest;
  }

  /** The node of a parent that no loaded receipt is. */
  missingNode(hash: Uint8Array, at: number, name: string): number {
    const index = this.#missingNames.add(hash, at);
    if (index === this.missing.length) {
      this.missing.push(name);
    }
    return this.receipts + index;
  }

  finish(): ChainNodes {
    const { rows } = this.#dataset;
    const { receipts, nodeOfRow, rowOfNode, missing } = this;
    const primitives = this.#primitives;
    const capabilities = Int32Array.from(rows.capabilities, (id) => this.texts.number(id));
    const missingNames = this.#missingNames;
    const find = (id: string): number => {
      const hash = hashText(id, primitives);
      const node = this.nodeOfHash(hash);
      const index = missingNames.find(hash);
      return node !== -1 ? node : index === -1 ? -1 : receipts + index;
    };
    return {
      receipts,
      count: receipts + missing.length,
      row: Int32Array.from(rowOfNode, (row) => rows.numberOf(row)),
      time: this.time,
      boundary: this.boundary,
      decision: this.decision,
      integrity: Uint8Array.from(rowOfNode, (row) => this.#statuses.ofRow[row] ?? NOT_CHECKED),
      settlement: this.settlement,
      service: this.service,
      agent: this.agent,
      tool: this.#tool,
      topic: this.topic,
      capability: Int32Array.from(
        rowOfNode,
        (row) => capabilities[rows.capability[row] ?? -1] ?? 0,
      ),
      guard: this.#guard,
      cost: this.#cost,
      currency: this.#currency,
      texts: this.texts.values,
      idOf: (node) =>
        node < receipts ? rows.idOf(rowOfNode[node] ?? -1) : (missing[node - receipts] ?? ""),
      nodeOfRow: (number) => {
        const row = rows.find(number);
        return row === -1 ? -1 : (nodeOfRow[row] ?? -1);
      },
      find,
    };
  }
}

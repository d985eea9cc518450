/** The files of a choreography's export, by what each of their lines is. */
export type ChoreographyFile =
  /** `{seq, receipt}`: the kernel's log. */
  | "receipts"
  /** Kafka records in the lossless form (streaming 5.1, F14). */
  | "records"
  /** `chio.receipt_lineage_statement.v1` (wire format 3). */
  | "statements";

export interface ChoreographyOptions {
  /** Orders that the shop takes; each is a chain of about 55 receipts. */
  readonly orders: number;
  /** Decides everything: the same options give the same bytes. */
  readonly seed: number;
  /**
   * Invoices that the first order is sent out with, all from one consume: its root is the hottest. 0, the
   * default, sends one as for every other order.
   */
  readonly hotRoot?: number;
  /** What happens to an order (0, 1, 2, ...) whatever the seed says. */
  readonly plan?: (order: number) => Partial<OrderPlan>;
  /** Receipts of different orders' mails that are changed after they were signed; 0 unless told otherwise. */
  readonly edited?: number;
  /** Gives services, agents and topics other names, and the lines of each chunk another order. */
  readonly permute?: boolean;
  /** Leaves the Kafka records out, and with them the links that they alone show. */
  readonly records?: boolean;
  /**
   * `each` judges every call with the kernel. `by-kind` judges the first call of each kind, and writes its
   * decision for those that follow: the kinds are such that the answers are equal. `each` unless told otherwise.
   */
  readonly decisions?: "each" | "by-kind";
  /** Receipts that are gathered before they are signed and handed on; 100 unless told otherwise. */
  readonly chunk?: number;
}

/** What happens to one order. */
export interface OrderPlan {
  /** Positions of the order: so many `reserve_stock` calls run side by side and join. */
  readonly items: number;
  /** The first attempt to charge fails and is rolled back; the second has the same request id. */
  readonly retried: boolean;
  /** The rolled-back attempt is on the attempts topic too; without it only the later attempt tells. */
  readonly attemptRecorded: boolean;
  /** Calls that are refused. Each is followed by its dead letter, and by nothing else. */
  readonly denied: ReadonlySet<DenialKind>;
  /** Goods come back, asked for by an event whose receipt another log holds. */
  readonly returned: boolean;
  /** Invoices that are sent out at once. */
  readonly invoices: number;
  /** One mail's receipt is changed after it was signed. */
  readonly edited: boolean;
}

export const DENIAL_KINDS = [
  /** `charge_payment` on a server that the capability does not cover: the order stops there. */
  "charge-scope",
  /** `pay_supplier` under a group budget that is spent. */
  "over-budget",
  /** `read_contract` outside the permitted directories. */
  "forbidden-path",
  /** A consume of a topic with personal data, without the right to read them. */
  "pii-read",
  /** `send_sms` on a server that the capability does not cover. */
  "sms-scope",
] as const;
export type DenialKind = (typeof DENIAL_KINDS)[number];

/** Some lines of one file; the last chunk of all is the truth. */
export type ChoreographyChunk =
  | {
      readonly kind: "lines";
      readonly file: ChoreographyFile;
      readonly text: string;
      readonly lines: number;
      /** Receipts handed on so far. */
      readonly done: number;
    }
  | { readonly kind: "truth"; readonly truth: ChoreographyTruth };

/**
 * What the files hold, counted while they are written and never by what reads them. A link is a pair of a
 * cause and its consequence; one that several sources tell is counted once, and once for each source.
 */
export interface ChoreographyTruth {
  readonly receipts: number;
  readonly orders: number;
  readonly denied: number;
  readonly incomplete: number;
  readonly links: number;
  readonly linksBySource: {
    readonly "call-chain": number;
    readonly lineage: number;
    readonly "record-header": number;
  };
  /** By the strongest source that tells of a link. */
  readonly linksByStrength: {
    readonly asserted: number;
    readonly observed: number;
    readonly verified: number;
  };
  /** Parents that no file holds. */
  readonly missing: readonly string[];
  /** Receipts without a cause. */
  readonly roots: number;
  /** Consumes whose receipt is on the receipt topic, and those whose attempt the records show as taken back. */
  readonly confirmed: number;
  readonly rolledBack: readonly string[];
  readonly records: number;
  readonly statements: number;
  /** Ids of the receipts that were changed after they were signed. */
  readonly edited: readonly string[];
  /** The first order's root, and everything that it brought about. */
  readonly hotRoot: { readonly id: string; readonly descendants: number; readonly denied: number };
  /** Of the first hundred orders. */
  readonly perOrder: readonly OrderTruth[];
}

export interface OrderTruth {
  readonly root: string;
  readonly receipts: number;
  readonly denied: number;
}

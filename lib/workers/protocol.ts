import type { ConclusionStreams, UnitStreams } from "@/lib/database/streams.ts";
import type { ChainAnswer, ChainQuestion } from "@/lib/graph/questions.ts";
import type { ExportForm } from "@/lib/ingest/kafka/export-form.ts";
import type { Unit } from "@/lib/ingest/record.ts";
import type { DeadLetterDetail } from "@/lib/queries/dead-letter-model.ts";
import type { ReceiptDetail } from "@/lib/queries/model.ts";
import type { RecordPack } from "@/lib/queries/record-pack.ts";
import type { RuleAnswer, RuleQuestion } from "@/lib/rules/questions.ts";
import type {
  FileCard,
  RejectedRow,
  SampleName,
  SelfTestState,
  StageName,
  TrustState,
} from "@/lib/session/model.ts";
import type { KnownCapability } from "@/lib/verification/known-capability.ts";
import type { Verdict } from "@/lib/verification/report.ts";
import type { UnitResult } from "@/lib/verification/unit-result.ts";

/*
 * Three kinds of threads and the page between them:
 *
 *   page    -> all      start                     every worker tests itself, answers `ready`
 *   page    -> both     connect                   one MessagePort between engine and each verifier
 *   page    -> engine   open | sample | make-log  one drop
 *   engine  -> page     reading, member*, units*  as the drop is expanded, hashed and planned
 *   engine  -> page     planned                   nothing more comes from this drop
 *   page    -> verifier member, unit              one unit at a time, when the verifier asked for work
 *   verifier-> engine   result                    columns, transferred, over the port
 *   verifier-> page     done                      counts, and the rows as an Arrow stream for the database
 *   page    -> engine   unit-lost                 a unit that two verifiers did not survive
 *   page    -> engine   conclude                  with the number of results that the engine must have seen
 *   engine  -> page     concluding*, concluded    verdict, cards, and the statuses as an Arrow stream
 *
 * `stop` ends expanding and reading; what is done is concluded as partial. After a conclusion, `pin`,
 * `unpin-all` and a later trust file conclude again without verifying a signature twice. `clear` begins a
 * new epoch: what was posted for an older one is overlooked, and neither members nor rows are numbered
 * anew. Every error is caught and posted: an asynchronous handler that rejects would otherwise be silent.
 */

export interface StartMessage {
  readonly kind: "start";
  /** Names the worker in notices. */
  readonly name: string;
}
export interface ConnectMessage {
  readonly kind: "connect";
  readonly port: MessagePort;
}

/** What a verifier needs to know of a member; sent to it before its first unit of that member. */
export interface MemberMessage {
  readonly kind: "member";
  readonly id: number;
  readonly path: string;
  readonly table: string | null;
  readonly blob: Blob;
  readonly bounds: Float64Array | null;
}

export type DropContent =
  | {
      readonly kind: "files";
      readonly files: readonly { readonly path: string; readonly file: Blob }[];
    }
  | { readonly kind: "sample"; readonly name: SampleName }
  | { readonly kind: "make-log"; readonly receipts: number };

export type ToEngine =
  | StartMessage
  | ConnectMessage
  | {
      readonly kind: "open";
      readonly epoch: number;
      readonly content: DropContent;
      /** A person's word on export forms, by the name of what was dropped. */
      readonly forms?: readonly (readonly [name: string, form: ExportForm])[];
    }
  | { readonly kind: "unit-lost"; readonly unit: Unit; readonly reason: string }
  | {
      readonly kind: "conclude";
      readonly epoch: number;
      /** Comes back with the answer: only the last question's answer fits the database. */
      readonly ask: number;
      /** Units that are done: the engine waits until it has the results of all of them. */
      readonly results: number;
      readonly partial: boolean;
      /** First rows of the units whose receipts are in the database, in the order of insertion. */
      readonly inserted: readonly number[];
      /** Receipts that were verified but, for want of memory, not put into the database. */
      readonly notIndexed: number;
    }
  | { readonly kind: "pin"; readonly id: string }
  | { readonly kind: "unpin-all" }
  | { readonly kind: "detail"; readonly ask: number; readonly row: number }
  | { readonly kind: "capability"; readonly ask: number; readonly id: string }
  | { readonly kind: "records"; readonly ask: number; readonly rows: readonly number[] }
  | { readonly kind: "chain"; readonly ask: number; readonly question: ChainQuestion }
  | { readonly kind: "rules"; readonly ask: number; readonly question: RuleQuestion }
  | { readonly kind: "dead-letter"; readonly ask: number; readonly record: number }
  | { readonly kind: "stop" }
  | { readonly kind: "clear" }
  /** Loads what a store or an archive would need later, so that nothing is fetched then. */
  | { readonly kind: "warm" };

export interface ReadyMessage {
  readonly kind: "ready";
  readonly selfTest: SelfTestState;
  readonly exact: boolean;
}
export interface FailedMessage {
  readonly kind: "failed";
  readonly message: string;
}
/** Requests that the worker's own ledger counted; none are expected once it runs. */
export interface RequestsMessage {
  readonly kind: "requests";
  readonly count: number;
}

export type FromEngine = RunMessage | ServiceMessage;

/** What the engine says beside any run. */
export type ServiceMessage =
  | ReadyMessage
  | FailedMessage
  | RequestsMessage
  | { readonly kind: "warmed" }
  | { readonly kind: "detail"; readonly ask: number; readonly detail: ReceiptDetail }
  | {
      readonly kind: "capability";
      readonly ask: number;
      readonly capability: KnownCapability | null;
    }
  | { readonly kind: "records"; readonly ask: number; readonly pack: RecordPack }
  | { readonly kind: "chain"; readonly ask: number; readonly answer: ChainAnswer }
  | { readonly kind: "rules"; readonly ask: number; readonly answer: RuleAnswer }
  | { readonly kind: "dead-letter"; readonly ask: number; readonly detail: DeadLetterDetail }
  | { readonly kind: "detail-failed"; readonly ask: number; readonly message: string };

/** What the engine says of the collection of drops that `epoch` names. */
export type RunMessage = { readonly epoch: number } & (
  | {
      readonly kind: "reading";
      readonly done: number;
      readonly total: number;
      readonly note: string;
    }
  | { readonly kind: "member"; readonly member: MemberMessage }
  | { readonly kind: "units"; readonly units: readonly Unit[] }
  | { readonly kind: "planned" }
  | { readonly kind: "cards"; readonly files: readonly FileCard[]; readonly trust: TrustState }
  | {
      readonly kind: "concluding";
      readonly stage: Extract<StageName, "prove" | "link">;
      readonly done: number;
      readonly total: number;
    }
  | ConcludedMessage
  | { readonly kind: "conclusion-failed"; readonly ask: number; readonly message: string }
);

export interface Absence {
  readonly from: number;
  readonly to: number;
  readonly receipts: number;
}

export interface ConcludedMessage {
  readonly kind: "concluded";
  readonly epoch: number;
  readonly ask: number;
  readonly verdict: Verdict;
  readonly files: readonly FileCard[];
  readonly rejects: readonly RejectedRow[];
  readonly trust: TrustState;
  readonly absences: readonly Absence[];
  /** What the database is given; statuses in the order that `conclude` named. */
  readonly tables: ConclusionStreams;
}

export type ToVerifier =
  | StartMessage
  | ConnectMessage
  | MemberMessage
  | { readonly kind: "unit"; readonly unit: Unit }
  | { readonly kind: "forget" }
  | { readonly kind: "stop" };

export type FromVerifier =
  | ReadyMessage
  | FailedMessage
  | RequestsMessage
  | UnitDoneMessage
  | { readonly kind: "unit-failed"; readonly message: string };

export interface UnitDoneMessage {
  readonly kind: "done";
  readonly rowBase: number;
  readonly bytes: number;
  readonly records: number;
  readonly rejected: number;
  readonly receipts: number;
  /** Receipts whose signature does not fit. */
  readonly failing: number;
  readonly deadLetters: number;
  readonly batches: Pick<UnitStreams, "receipts" | "deadLetters">;
}

/** Over the port between a verifier and the engine. */
export interface ResultMessage {
  readonly kind: "result";
  readonly result: UnitResult;
}

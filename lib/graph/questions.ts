import type {
  ChainComparison,
  ChainOverview,
  ChainStatistics,
  PathBetween,
  RootCause,
  WhereItStopped,
} from "@/lib/chain/answers.ts";
import type { Delegation, Direction, NodeFacts, NodeKey, Strength } from "@/lib/chain/model.ts";
import type { ChainView, ViewRequest } from "./model.ts";

/** A walk: everything within `depth` hops of the focus; null is as far as it goes. */
export interface WalkRequest {
  readonly focus: NodeKey;
  readonly direction: Direction;
  readonly depth: number | null;
}

export const TEXT_FORMATS = ["text", "graphml", "dot", "json"] as const;
export type TextFormat = (typeof TEXT_FORMATS)[number];

/** What a page may ask of the chain's index, which lives in the engine's worker. */
export interface ChainQuestions {
  readonly overview: { readonly ask: null; readonly answer: ChainOverview };
  /** The key of a receipt by its id, or of a missing parent; null where nothing has it. */
  readonly locate: { readonly ask: string; readonly answer: NodeKey | null };
  readonly view: { readonly ask: ViewRequest; readonly answer: ChainView };
  /** Every node of the walk in the order of time, causes before consequences at equal times. */
  readonly walk: { readonly ask: WalkRequest; readonly answer: WalkRows };
  readonly statistics: { readonly ask: WalkRequest; readonly answer: ChainStatistics };
  readonly node: { readonly ask: NodeKey; readonly answer: NodeAnswer };
  readonly causes: { readonly ask: NodeKey; readonly answer: RootCause };
  readonly stopped: { readonly ask: NodeKey; readonly answer: WhereItStopped | null };
  readonly between: {
    readonly ask: { readonly from: NodeKey; readonly to: NodeKey };
    readonly answer: PathBetween | null;
  };
  readonly compare: {
    readonly ask: { readonly left: NodeKey; readonly right: NodeKey };
    readonly answer: ChainComparison;
  };
  readonly text: {
    readonly ask: WalkRequest & { readonly format: TextFormat };
    readonly answer: string;
  };
}
export type ChainQuestionName = keyof ChainQuestions;
export type ChainQuestion = {
  [Name in ChainQuestionName]: { readonly name: Name; readonly ask: ChainQuestions[Name]["ask"] };
}[ChainQuestionName];
export type ChainAnswer = ChainQuestions[ChainQuestionName]["answer"];

/** A walk as columns; `row` is -1 for a missing parent, whose id is in `missing` by its place in the walk. */
export interface WalkRows {
  readonly row: Int32Array;
  /** Hops from the focus, negative for causes. */
  readonly distance: Int32Array;
  /** Index into the settlements of lib/chain; 0 for a missing parent. */
  readonly settlement: Uint8Array;
  readonly missing: ReadonlyMap<number, { readonly key: NodeKey; readonly id: string }>;
}

/** One node with its links, for the panel. */
export interface NodeAnswer {
  readonly facts: NodeFacts;
  readonly parents: NeighbourList;
  readonly children: NeighbourList;
  /** From the receipt's capability up to the one it was delegated from. */
  readonly delegations: readonly Delegation[];
}
/** At most 100; `total` is the true number. */
export interface NeighbourList {
  readonly total: number;
  readonly links: readonly {
    readonly facts: NodeFacts;
    readonly strength: Strength;
    readonly sources: readonly string[];
  }[];
}

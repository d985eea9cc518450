import { DENIAL_VIEWS } from "./view-docs-denials.ts";
import { FILE_VIEWS } from "./view-docs-files.ts";
import { RECEIPT_VIEWS } from "./view-docs-receipts.ts";

export interface ColumnDoc {
  readonly name: string;
  /** The engine's name of the type. */
  readonly type: string;
  /** One sentence. */
  readonly meaning: string;
}

export interface ViewDoc {
  readonly name: string;
  readonly meaning: string;
  readonly columns: readonly ColumnDoc[];
}

/** The views that anyone may ask; a test holds them to the engine, and docs/sql.md is made of them. */
export const VIEW_DOCS: readonly ViewDoc[] = [...RECEIPT_VIEWS, ...DENIAL_VIEWS, ...FILE_VIEWS];

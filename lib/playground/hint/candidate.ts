import type { Evaluation, EvaluationRequest, KernelContext } from "@/kernel/evaluation/model.ts";
import { resolvePointer } from "@/kernel/json/pointer.ts";
import type { JsonValue } from "@/kernel/json/value.ts";
import { type Edit, editJson } from "../edit-json.ts";
import type { Change } from "../model.ts";

/** What a search may change: the three documents, as JSON values. */
export interface Documents {
  /** Undefined where no capability is presented. */
  readonly capability: JsonValue | undefined;
  readonly request: JsonValue;
  /** A policy document; the default policy written out where the person gave none. */
  readonly policy: JsonValue;
}

export type Target = "capability" | "policy" | "request";

/** One change that might help. `weight` orders the search: small and specific before wide. */
export interface Candidate {
  readonly change: Change;
  readonly weight: number;
}

/** A denied call with everything that it was judged by. */
export interface Denied {
  readonly documents: Documents;
  readonly request: EvaluationRequest;
  readonly context: KernelContext;
  readonly evaluation: Evaluation;
}

export function candidate(
  documents: Documents,
  target: Target,
  edit: Edit,
  about: string,
  weight: number,
): Candidate {
  const document = documents[target];
  const found = document === undefined ? undefined : resolvePointer(document, edit.pointer);
  const before = edit.kind === "add" ? null : (found ?? null);
  const { pointer, kind, after } = edit;
  return { change: { target, pointer, kind, before, after, about }, weight };
}

/** The documents with a change made; null where its place is gone. */
export function withChange(documents: Documents, change: Change): Documents | null {
  if (change.target === "budget") {
    return null;
  }
  const document = documents[change.target];
  const edited =
    document === undefined && change.pointer === ""
      ? change.after
      : document === undefined
        ? null
        : editJson(document, change);
  return edited === null ? null : { ...documents, [change.target]: edited };
}

import type { JsonValue } from "@/kernel/json/value.ts";
import { type Draft, REQUEST_WIDTH } from "./draft.ts";
import { documentsOf, withAll } from "./hint/find-hint.ts";
import { layOutJson } from "./json-layout.ts";
import type { Change } from "./model.ts";

/**
 * The draft with a hint's changes made, or null where a text cannot be read or a change has no place in it
 * any more. A text that no change is about stays as it was written; a policy that is changed becomes JSON,
 * and one that was left to the default is written out.
 */
export function applyChanges(draft: Draft, changes: readonly Change[]): Draft | null {
  const before = documentsOf({ ...draft, pinnedIssuers: null });
  const after = before === null ? null : withAll(before, changes);
  if (before === null || after === null) {
    return null;
  }
  const text = (was: JsonValue | undefined, is: JsonValue | undefined, width?: number) =>
    is === was || is === undefined ? null : layOutJson(is, width);
  const capability = text(before.capability, after.capability);
  const request = text(before.request, after.request, REQUEST_WIDTH);
  const policy = text(before.policy, after.policy);
  return {
    ...draft,
    ...(capability === null ? {} : { capability, signing: "demo" as const }),
    ...(request === null ? {} : { request }),
    ...(policy === null ? {} : { policy }),
  };
}

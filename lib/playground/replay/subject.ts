import { parseJson } from "@/kernel/json/parse.ts";
import { asText, isObject, member } from "@/kernel/json/value.ts";
import type { TrustKey } from "@/lib/session/model.ts";
import type { ReplaySelection } from "@/lib/session/replay-selection.ts";
import { applyChanges } from "../apply-changes.ts";
import type { PlaygroundState } from "../desk.ts";
import type { Draft } from "../draft.ts";
import type { ReplayInput } from "./model.ts";

/** What a replay is about. */
export interface ReplaySubject {
  readonly input: ReplayInput;
  /** The change of the hint is made in it. */
  readonly withHint: boolean;
  /** Of the session's data. */
  readonly revision: number;
  /** Two subjects with one name judge alike. */
  readonly name: string;
}

/**
 * What denials would be judged by just now: the draft, with the change of the hint where one is shown, because
 * that is the change in question. Null while an answer is on its way, or where there is none.
 *
 * @param selection which denials are replayed; null for all
 */
export function replaySubject(
  { draft, judged, outcome, hint }: Pick<PlaygroundState, "draft" | "judged" | "outcome" | "hint">,
  pinned: readonly TrustKey[],
  revision: number,
  selection: ReplaySelection | null = null,
): ReplaySubject | null {
  if (outcome?.kind !== "judged" || judged !== draft || hint.kind === "searching") {
    return null;
  }
  // A change of the one request, or of what it has used, says nothing about other calls.
  const changes =
    hint.kind === "found"
      ? hint.hint.changes.filter(({ target }) => target === "capability" || target === "policy")
      : [];
  const changed = changes.length === 0 ? null : applyChanges(draft, changes);
  const { capability, loaded, signing, policy } = changed ?? draft;
  const datesMadeUp = hasMadeUpDates(changed ?? draft);
  const input = { capability, loaded, signing, policy, datesMadeUp, pinned };
  const signature = loaded === null ? null : (asText(member(loaded, "signature")) ?? "");
  const name = JSON.stringify([
    capability,
    signature,
    signing,
    policy,
    datesMadeUp,
    pinned,
    revision,
    selection?.filter ?? null,
  ]);
  return { input, withHint: changed !== null, revision, name };
}

/** A template's dates are an hour before its receipt and an hour after it, until somebody sets them. */
function hasMadeUpDates({ capability, origin }: Draft): boolean {
  if (origin.kind !== "receipt" || origin.capability !== "template") {
    return false;
  }
  const parsed = parseJson(capability);
  const token = parsed.ok ? parsed.value.value : null;
  const at = origin.timestamp ?? 0;
  return (
    isObject(token) &&
    member(token, "issued_at") === Math.max(0, at - 3_600) &&
    member(token, "expires_at") === at + 3_600
  );
}

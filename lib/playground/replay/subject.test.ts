import { describe, expect, it } from "vitest";
import { EVERY_DENIAL } from "@/lib/queries/denial-model.ts";
import { makeDemoKeys } from "../demo-keys.ts";
import { FIRST_STATE } from "../desk.ts";
import { type Draft, draftOfReceipt } from "../draft.ts";
import { evaluateHere, type HerePorts } from "../evaluate-here.ts";
import { findHint } from "../hint/find-hint.ts";
import { replaySubject } from "./subject.ts";

const PORTS: HerePorts = {
  demo: makeDemoKeys((target) => target.fill(9)),
  meter: () => 0,
  nonce: () => "rcpt-demo-1",
};
const DRAFT = FIRST_STATE.draft;

function judged(draft: Draft) {
  const outcome = evaluateHere({ ...draft, pinnedIssuers: null }, PORTS);
  const hint = { kind: "none" } as const;
  return { draft, judged: draft, outcome, hint };
}

function found(draft: Draft) {
  const hint = findHint({ ...draft, pinnedIssuers: null }, PORTS);
  if (hint === null) throw new Error("no hint");
  return { ...judged(draft), hint: { kind: "found", hint } as const };
}

describe("what a replay is about", () => {
  it("is nothing while an answer is on its way, or where there is none", () => {
    const state = judged(DRAFT);
    expect(replaySubject(state, [], 1)).not.toBeNull();
    expect(replaySubject({ ...state, outcome: null }, [], 1)).toBeNull();
    expect(replaySubject({ ...state, judged: { ...DRAFT } }, [], 1)).toBeNull();
    expect(replaySubject({ ...state, hint: { kind: "searching" } }, [], 1)).toBeNull();
    expect(replaySubject(judged({ ...DRAFT, request: "{" }), [], 1)).toBeNull();
  });

  it("is the draft with the change of its hint, where that is one of capability or policy", () => {
    const plain = replaySubject(judged(DRAFT), [], 1);
    expect(plain).toMatchObject({ withHint: false, input: { capability: DRAFT.capability } });
    const hinted = replaySubject(found(DRAFT), [], 1);
    expect(hinted?.withHint).toBe(true);
    expect(hinted?.input.capability).toContain("events:consume:payments");
    expect(DRAFT.capability).not.toContain("events:consume:payments");

    const used = found(DRAFT);
    const changes = used.hint.hint.changes.map((change) => ({
      ...change,
      target: "request" as const,
    }));
    const hint = { kind: "found", hint: { ...used.hint.hint, changes } } as const;
    expect(replaySubject({ ...used, hint }, [], 1)).toMatchObject({ withHint: false });
  });

  it("has another name as soon as anything differs that denials are judged by", () => {
    const nameOf = (change: Partial<Draft>, revision = 1) =>
      replaySubject(judged({ ...DRAFT, ...change }), [], revision)?.name;
    const names = [
      nameOf({}),
      nameOf({}, 2),
      nameOf({ capability: "" }),
      nameOf({ signing: "own" }),
      nameOf({ loaded: { signature: "ab" } }),
      nameOf({ policy: 'hushspec: "0.1.0"\nname: "none"\nrules: {}\n' }),
    ];
    expect(new Set(names).size).toBe(names.length);
    // Nor are the denials of one pattern all denials.
    const filter = { ...EVERY_DENIAL, include: { guard: ["scope"] } };
    const chosen = replaySubject(judged(DRAFT), [], 1, { title: "scope", filter });
    expect(names).not.toContain(chosen?.name);
    // Another request is another call, not another judge.
    expect(nameOf({ clock: "1776305355" })).toBe(nameOf({}));
  });

  it("knows that a template’s dates were made up, until somebody sets them", () => {
    const about = {
      row: 1,
      name: "#1",
      denied: true,
      guard: "",
      reason: "",
      timestamp: 1_776_305_354,
    };
    const receipt = {
      capability_id: "cap-1",
      tool_server: "s",
      tool_name: "t",
      metadata: { attribution: { subject_key: "ab".repeat(32) } },
    };
    const template = draftOfReceipt(receipt, about, null);
    const madeUp = (draft: Draft) => replaySubject(judged(draft), [], 1)?.input.datesMadeUp;
    expect(madeUp(template)).toBe(true);
    expect(
      madeUp({ ...template, capability: template.capability.replace("1776301754", "1776301755") }),
    ).toBe(false);
    expect(
      madeUp({ ...template, capability: template.capability.replace("1776308954", "1776308955") }),
    ).toBe(false);
    const body = {
      id: "cap-1",
      subject: "",
      issued_at: 1_776_301_754,
      expires_at: 1_776_308_954,
      scope: { grants: [] },
    };
    expect(madeUp(draftOfReceipt(receipt, about, { kind: "lineage", body }))).toBe(false);
    expect(madeUp(DRAFT)).toBe(false);
  });
});

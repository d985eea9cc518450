import { describe, expect, it } from "vitest";
import { parseJson } from "@/kernel/json/parse.ts";
import { applyChanges } from "./apply-changes.ts";
import { firstDraft } from "./draft.ts";
import type { Change } from "./model.ts";

const GRANT = { server_id: "streams", tool_name: "t", operations: ["invoke"] };
const ADD: Change = {
  target: "capability",
  kind: "add",
  pointer: "/scope/grants/-",
  before: null,
  after: GRANT,
  about: "one more grant",
};

function read(text: string | null | undefined): unknown {
  const parsed = parseJson(text ?? "");
  return parsed.ok ? parsed.value.value : null;
}

describe("the changes of a hint", () => {
  it("add a grant to the token, which is then signed again", () => {
    const next = applyChanges({ ...firstDraft(), signing: "own" }, [ADD]);
    expect(next?.signing).toBe("demo");
    expect(read(next?.capability)).toMatchObject({ scope: { grants: [{}, {}, {}, GRANT] } });
  });

  it("leave every text that they are not about as it was written", () => {
    const draft = { ...firstDraft(), request: '{ "tool":\n"x" }', policy: "# mine\nguards: {}\n" };
    const next = applyChanges(draft, [ADD]);
    expect(next?.request).toBe(draft.request);
    expect(next?.policy).toBe(draft.policy);
    expect(applyChanges(draft, [])).toEqual(draft);
  });

  it("reach the request and the policy, which was the default and is then written out", () => {
    const topic: Change = {
      ...ADD,
      target: "request",
      kind: "replace",
      pointer: "/params/topic",
      after: "urgent-tasks",
    };
    const path: Change = {
      ...ADD,
      target: "policy",
      kind: "replace",
      pointer: "/guards/forbidden_path/exceptions",
      after: ["/etc/shadow"],
    };
    const next = applyChanges(firstDraft(), [topic, path]);
    expect(read(next?.request)).toMatchObject({ params: { topic: "urgent-tasks", partition: 0 } });
    expect(read(next?.policy)).toMatchObject({
      guards: { forbidden_path: { exceptions: ["/etc/shadow"] } },
    });
  });

  it("are made together or not at all", () => {
    const nowhere: Change = { ...ADD, kind: "remove", pointer: "/nowhere", after: null };
    expect(applyChanges(firstDraft(), [ADD, nowhere])).toBeNull();
    expect(applyChanges({ ...firstDraft(), capability: "{" }, [ADD])).toBeNull();
  });
});

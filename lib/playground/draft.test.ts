import { describe, expect, it } from "vitest";
import { parseJson } from "@/kernel/json/parse.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import type { ReceiptDetail } from "@/lib/queries/model.ts";
import type { KnownCapability } from "@/lib/verification/known-capability.ts";
import { draftOfReceipt } from "./draft.ts";
import { draftOfDetail } from "./draft-of-detail.ts";

const RECEIPT: JsonObject = {
  id: "rcpt-1",
  timestamp: 1_776_305_354,
  capability_id: "cap-1",
  tool_server: "streams",
  tool_name: "events:consume:payments",
  action: { parameters: { topic: "payments", offset: 2 ** 53 - 1 }, parameter_hash: "" },
  metadata: { attribution: { subject_key: "ab".repeat(32) } },
};
const ABOUT = {
  row: 7,
  name: "#7",
  denied: true,
  guard: "kernel",
  reason: "out of scope",
  timestamp: 1_776_305_354,
};

function read(text: string): unknown {
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value.value : null;
}

describe("a draft from a receipt", () => {
  it("asks what the receipt says was asked, at its time, by its agent", () => {
    const draft = draftOfReceipt(RECEIPT, ABOUT, null);
    expect(read(draft.request)).toEqual({
      agent: "ab".repeat(32),
      server_id: "streams",
      tool: "events:consume:payments",
      params: { topic: "payments", offset: 2 ** 53 - 1 },
    });
    expect(draft.clock).toBe("1776305354");
    expect(draft.origin).toMatchObject({ kind: "receipt", row: 7, denied: true, guard: "kernel" });
  });

  it("says that the capability is not loaded, and makes up nothing that it granted", () => {
    const draft = draftOfReceipt(RECEIPT, ABOUT, null);
    expect(draft.origin).toMatchObject({ capability: "template" });
    expect(draft.loaded).toBeNull();
    expect(read(draft.capability)).toEqual({
      id: "cap-1",
      subject: "ab".repeat(32),
      issued_at: 1_776_301_754,
      expires_at: 1_776_308_954,
      scope: { grants: [] },
    });
  });

  it("takes a loaded token whole, with its signature", () => {
    const token = { id: "cap-1", subject: "cd".repeat(32), signature: "ee" };
    const draft = draftOfReceipt(RECEIPT, ABOUT, { kind: "token", token });
    expect(draft.loaded).toBe(token);
    expect(read(draft.capability)).toEqual(token);
    expect(draft.origin).toMatchObject({ capability: "token" });
  });

  it("takes a store’s row as a body that nobody signed", () => {
    const body = { id: "cap-1", subject: "cd".repeat(32), scope: { grants: [] } };
    const draft = draftOfReceipt(RECEIPT, ABOUT, { kind: "lineage", body });
    expect(draft.loaded).toBeNull();
    expect(draft.origin).toMatchObject({ capability: "lineage" });
  });

  it("takes the capability’s subject where the receipt names no agent", () => {
    const { metadata: _metadata, ...anonymous } = RECEIPT;
    const body = { id: "cap-1", subject: "cd".repeat(32) };
    const draft = draftOfReceipt(anonymous, ABOUT, { kind: "lineage", body });
    expect(read(draft.request)).toMatchObject({ agent: "cd".repeat(32) });
  });
});

describe("a draft from what the drawer shows", () => {
  const detail = (rawText: string, pointer: string) =>
    ({
      row: {
        row: 7,
        seq: "88120",
        id: "rcpt-1",
        decision: "deny",
        guard: "kernel",
        reason: "",
        timestamp: 1_776_305_354,
      },
      place: { pointer },
      rawText,
    }) as unknown as ReceiptDetail;

  it("finds the receipt inside its record and asks for its capability", async () => {
    const asked: string[] = [];
    const known: KnownCapability = { kind: "token", token: { id: "cap-1" } };
    const draft = await draftOfDetail(
      detail(JSON.stringify({ seq: 88_120, receipt: RECEIPT }), "/receipt"),
      async (id) => {
        asked.push(id);
        return known;
      },
    );
    expect(asked).toEqual(["cap-1"]);
    expect(draft?.origin).toMatchObject({ name: "#88120", capability: "token" });
  });

  it("is none where the record holds no receipt", async () => {
    expect(await draftOfDetail(detail("not json", ""), async () => null)).toBeNull();
    expect(await draftOfDetail(detail("{}", "/receipt"), async () => null)).toBeNull();
  });
});

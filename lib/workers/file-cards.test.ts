import { describe, expect, it } from "vitest";
import { planUnits } from "@/lib/ingest/plan.ts";
import { readUnit } from "@/lib/ingest/read-unit.ts";
import type { Member } from "@/lib/ingest/record.ts";
import { bytesSource } from "@/lib/ingest/sources.ts";
import type { FileCard } from "@/lib/session/model.ts";
import { recordLine, signedStep } from "@/lib/verification/testing/steps.ts";
import { PLATFORM } from "@/lib/verification/testing/verify.ts";
import { verifyUnit } from "@/lib/verification/verify-unit.ts";
import { FileCards } from "./file-cards.ts";

async function cardOf(text: string): Promise<FileCard | undefined> {
  const source = bytesSource(new TextEncoder().encode(text));
  const member: Member = {
    id: 0,
    input: 0,
    path: "records.ndjson",
    collection: "",
    name: "records.ndjson",
    layout: "lines",
    sha256: "",
    table: null,
    bounds: null,
    source,
  };
  const cards = new FileCards();
  cards.addInput(0, 0, member.path, source.size);
  cards.addMember(member);
  for (const unit of planUnits([member], 0, 400)) {
    const read = readUnit(source, unit, member.bounds);
    cards.add((await verifyUnit(unit, read, PLATFORM)).result);
  }
  cards.finish();
  return cards.cards()[0];
}

const place = { topic: "orders", partition: 0, offset: 0 };
const envelope = { version: "chio-streaming/v1", receipt: signedStep({ id: "a" }) };

describe("the card of an exported topic", () => {
  it("counts its records, over all units, and what they say of receipts", async () => {
    const text =
      recordLine(place, []) +
      recordLine(place, [["X-Chio-Receipt", "a"]]) +
      recordLine(place, [["x-chio-receipt", "a"]], envelope);
    expect(await cardOf(text)).toMatchObject({
      recognisedAs: "Kafka record export",
      understanding: "understood",
      facts: [
        { label: "Kafka records", value: "3" },
        { label: "with a receipt", value: "1" },
        { label: "with a receipt’s id in a header", value: "2" },
        { label: "Receipts", value: "1" },
      ],
    });
  });

  it("says so where other records stand beside them, and what they are good for", async () => {
    const beside = `${JSON.stringify({ capability_id: "c", revoked_at: 1 })}\n`;
    expect(await cardOf(recordLine(place, []) + beside)).toMatchObject({
      recognisedAs: "Kafka records and others",
      unlocks: "Shows which receipt led to which across topics.",
    });
  });
});

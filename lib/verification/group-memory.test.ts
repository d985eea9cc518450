import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { utf8 } from "@/kernel/encoding.ts";
import { webPlatform } from "@/lib/workers/platform-web.ts";
import { GroupMemory } from "./group-memory.ts";

describe("the memory of a group of receipts", () => {
  it("holds every text until it is released, whatever finds no room included", async () => {
    const { primitives } = await webPlatform();
    const memory = new GroupMemory(primitives);
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.nat({ max: 60_000 }).map((length) => "é".repeat(length)),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 12 }), (texts) => {
        const octets = texts.map((item) => memory.primitives.utf8(item));
        for (const [index, item] of texts.entries()) {
          expect(Buffer.compare(octets[index] ?? new Uint8Array(), utf8(item))).toBe(0);
        }
        memory.release();
      }),
    );
  });

  it("is not needed where a platform cannot write into it", () => {
    expect(new GroupMemory(purePrimitives).primitives).toBe(purePrimitives);
  });
});

import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { datasetDigest, digestHint, isToken, LinkTokens, valueOfToken } from "./link-tokens.ts";

const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const digest = datasetDigest([hash("b"), hash("a")]);

describe("tokens of links", () => {
  it("name the data by its content, whatever the order of its files", () => {
    expect(digest).toBe(hash([hash("a"), hash("b")].sort().join("\n")));
    expect(datasetDigest([hash("a"), hash("b")])).toBe(digest);
    expect(datasetDigest([hash("a")])).not.toBe(digest);
    expect(digestHint(digest)).toBe(digest.slice(0, 8));
  });

  it("are HMAC-SHA-256 under the whole digest, as another library computes it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        const mac = createHmac("sha256", digest).update(`agent\n${value}`).digest();
        const expected = `~${mac.subarray(0, 12).toString("base64url")}`;
        expect(new LinkTokens(digest).token("agent", value)).toBe(expected);
        expect(isToken(expected)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it("differ by kind and by data", () => {
    const tokens = new LinkTokens(digest);
    expect(tokens.token("agent", "orders")).not.toBe(tokens.token("topic", "orders"));
    const other = new LinkTokens(datasetDigest([hash("c")]));
    expect(other.token("agent", "orders")).not.toBe(tokens.token("agent", "orders"));
  });

  it("are turned back by whoever holds the value", () => {
    const made = new LinkTokens(datasetDigest([hash("elsewhere")]));
    // As another page would make it, without this page's memory.
    const mac = createHmac("sha256", made.digest).update("scope\n__proto__").digest();
    const token = `~${mac.subarray(0, 12).toString("base64url")}`;
    expect(valueOfToken("scope", token)).toBeNull();
    expect(made.learn("scope", [token], ["orders", "toString"])).toEqual(new Set([token]));
    expect(made.learn("scope", [token], ["orders", "__proto__"])).toEqual(new Set());
    expect(valueOfToken("scope", token)).toBe("__proto__");
    expect(valueOfToken("agent", token)).toBeNull();
  });

  it("have one form", () => {
    for (const text of ["", "~", "orders", "~short", `~${"a".repeat(17)}`, `~${"a".repeat(15)}!`]) {
      expect(isToken(text)).toBe(false);
    }
  });
});

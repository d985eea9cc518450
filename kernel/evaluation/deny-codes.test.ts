import { describe, expect, it } from "vitest";
import { parseJson } from "../json/parse.ts";
import { asText, asU64, isArray, isObject, member } from "../json/value.ts";
import { readVector, vectorsDirectory } from "../testing/vectors.ts";
import { DENY } from "./deny-codes.ts";

/** The number of each reason in the error registry, by what went wrong. */
const NUMBERS: Readonly<Record<number, readonly string[]>> = {
  1100: ["no-capability", "dpop-invalid", "dpop-replayed"],
  2100: [
    "capability-unreadable",
    "untrusted-issuer",
    "invalid-signature",
    "delegation-invalid",
    "unsupported-capability",
    "subject-mismatch",
    "out-of-scope",
    "constraint-invalid",
    "constraint-unchecked",
    "emergency-stop",
  ],
  2101: ["not-yet-valid", "expired", "lifetime-exceeded"],
  2102: ["revoked", "issuer-revoked", "ancestor-revoked"],
  3100: ["guard-denied", "guard-error", "output-blocked"],
  4100: ["budget-exhausted"],
  5100: ["tool-not-registered", "tool-server-error"],
  6100: ["budget-error", "internal-error"],
};

describe("the reasons of a denial", () => {
  it("have the numbers of the error registry, each exactly one", () => {
    const numbered = Object.entries(NUMBERS).flatMap(([number, codes]) =>
      codes.map((code) => [code, Number(number)] as const),
    );
    const actual = Object.entries(DENY).map(([code, { number }]) => [code, number] as const);
    expect(actual.sort()).toEqual(numbered.sort());
  });

  it.skipIf(vectorsDirectory() === null)("agree with the registry where it names them", () => {
    const parsed = parseJson(readVector("registries/error-urns.json"));
    const map = parsed.ok && isObject(parsed.value.value) ? member(parsed.value.value, "map") : [];
    const entries = isArray(map) ? map.filter(isObject) : [];
    const urns = new Set(entries.map((entry) => asText(member(entry, "urn"))));
    for (const [code, { urn, number }] of Object.entries(DENY)) {
      const named = entries.find((entry) => asText(member(entry, "urn")) === urn);
      const registered = named === undefined ? undefined : asU64(member(named, "code"));
      expect([code, registered ?? BigInt(number)]).toEqual([code, BigInt(number)]);
      expect([code, urns.has(urn) || urn.startsWith("urn:chio:error:delegation:")]).toEqual([
        code,
        true,
      ]);
    }
  });
});

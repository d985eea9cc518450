import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { purePrimitives } from "../crypto/sha256.ts";
import { utf8 } from "../encoding.ts";
import { parseJson } from "../json/parse.ts";
import type { JsonObject } from "../json/value.ts";
import { CHILD, type FormMembers, HTTP, type MemberRole, PRE_V1, V1 } from "./members.ts";
import { joinMembers, type NormalForm, normalForm } from "./normal-form.ts";
import { signedOctets, signedReadings } from "./signed-text.ts";

const BARE = { key: null, signature: null };
const FORMS: readonly FormMembers[] = [PRE_V1, V1, CHILD, HTTP];
const ROLE_SETS: readonly ReadonlySet<MemberRole>[] = [
  new Set<MemberRole>(["content"]),
  new Set<MemberRole>(["content", "id"]),
  new Set<MemberRole>(["content", "id", "beside"]),
  new Set<MemberRole>(["content", "id", "unsigned", "beside"]),
  new Set<MemberRole>(["content", "unsigned"]),
];

const value = fc.oneof(
  fc.json({ maxDepth: 2 }),
  fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text)),
  fc.constantFrom("null", "[]", "{}", '"mediated"', '"ed25519"', "18446744073709551615"),
);

/** Any choice of a form's members and of others, in any order, with any values. */
function receiptOf({ names }: FormMembers): fc.Arbitrary<JsonObject> {
  const name = fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 4 }));
  return fc
    .uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength: 24 })
    .map((members) => {
      const text = members.map(([key, item]) => `${JSON.stringify(key)}:${item}`).join(",");
      const parsed = parseJson(`{${text}}`);
      return parsed.ok ? Object(parsed.value.value) : {};
    });
}

/** The definition: the texts of the members with one of the roles, in order. */
function joinedOneByOne({ members, texts }: NormalForm, roles: ReadonlySet<MemberRole>): string {
  const parts: string[] = [];
  for (const [position, text] of texts.entries()) {
    const role = members.roles[position];
    if (text !== null && role !== undefined && roles.has(role)) {
      parts.push(`${JSON.stringify(members.names[position])}:${text}`);
    }
  }
  return `{${parts.join(",")}}`;
}

describe("a receipt's normal form", () => {
  it.each(FORMS)("cut from one text is what its members joined one by one are", (members) => {
    fc.assert(
      fc.property(receiptOf(members), (receipt) => {
        const normal = normalForm(receipt, members, BARE);
        for (const roles of ROLE_SETS) {
          expect(joinMembers(normal, roles)).toBe(joinedOneByOne(normal, roles));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("has the octets of its v1 message and content, in any script", () => {
    fc.assert(
      fc.property(receiptOf(V1), (receipt) => {
        const normal = normalForm(receipt, V1, BARE);
        const { message, content } = signedOctets(normal, purePrimitives);
        const [signed] = signedReadings(receipt, "v1", normal);
        expect(message).toEqual(utf8(signed?.text() ?? ""));
        expect(content).toEqual(utf8(joinedOneByOne(normal, new Set(["content"]))));
      }),
      { numRuns: 500 },
    );
  });
});

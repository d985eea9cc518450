import { describe, expect, it } from "vitest";
import { purePrimitives } from "../crypto/sha256.ts";
import { asU64, isArray, isObject, type JsonObject, member } from "../json/value.ts";
import { checkClaim, type SignatureClaim } from "../signature.ts";
import { exactBackend } from "../testing/exact-backend.ts";
import { readObject } from "../testing/read-objects.ts";
import { vectorsDirectory } from "../testing/vectors.ts";
import { inspectToken, type TokenInspection, timeStatus } from "./token.ts";

const missing = vectorsDirectory() === null;
const MAX_DEPTH = 4;

async function preimage(claim: SignatureClaim | null): Promise<string> {
  if (claim === null) {
    return "no claim";
  }
  const outcome = await checkClaim(claim, exactBackend);
  return outcome.kind === "fits" ? outcome.preimage : outcome.kind;
}

async function chainHolds(inspection: TokenInspection): Promise<boolean> {
  const links = await Promise.all(inspection.linkClaims.map(preimage));
  const joined = inspection.checks.every(
    ({ name, outcome }) => name !== "delegation" || outcome.kind !== "failed",
  );
  return joined && links.every((link) => link === "normal" || link === "raw");
}

function objectAt(value: JsonObject, name: string): JsonObject {
  const item = member(value, name);
  if (!isObject(item)) {
    throw new Error(`no ${name}`);
  }
  return item;
}

async function result(one: JsonObject): Promise<JsonObject> {
  const inspection = inspectToken(objectAt(one, "capability"), purePrimitives, MAX_DEPTH);
  const status = timeStatus(inspection.facts, asU64(member(one, "verify_at")) ?? 0n);
  const chain = await chainHolds(inspection);
  const fits = (await preimage(inspection.claim)) !== "does-not-fit";
  const shaped = member(objectAt(one, "expected"), "delegation_chain_shape_valid") !== undefined;
  return {
    [shaped ? "delegation_chain_shape_valid" : "delegation_chain_valid"]: chain,
    signature_valid: fits,
    time_status: status,
    time_valid: status === "valid",
  };
}

function cases(file: string): readonly JsonObject[] {
  const list = missing ? [] : member(readObject(file), "cases");
  return isArray(list) ? list.filter(isObject) : [];
}

describe.skipIf(missing)("capability vectors", () => {
  for (const [file, reading] of [
    ["receipts-april/capability.json", "plain"],
    ["receipts-v1/capability.json", "enveloped"],
  ] as const) {
    it.each(cases(file).map((one) => [member(one, "id"), one] as const))(
      `${file}: %s`,
      async (_, one) => {
        const expected = objectAt(one, "expected");
        expect(await result(one)).toEqual(expected);
        if (member(expected, "signature_valid") === true) {
          const { claim } = inspectToken(objectAt(one, "capability"), purePrimitives);
          expect(await preimage(claim)).toBe(reading);
        }
      },
    );
  }

  it("refuses a chain that is longer than the caller allows", () => {
    const deep = cases("receipts-v1/capability.json").find(
      (one) => member(one, "id") === "valid_capability_at_delegation_depth_limit",
    );
    const token = objectAt(deep ?? {}, "capability");
    const shorter = inspectToken(token, purePrimitives, MAX_DEPTH - 1);
    expect(shorter.checks[0]?.outcome).toMatchObject({ kind: "failed", code: "SIG-009" });
  });

  it.each([
    ["auditor-agent", "raw"],
    ["procurement-agent", "raw"],
    ["provider-agent", "raw"],
    ["root-treasury", "plain"],
    ["settlement-agent", "raw"],
    ["sidecar-client", "plain"],
    ["subcontractor-agent", "raw"],
  ])("capabilities/%s.json fits as %s", async (name, reading) => {
    const inspection = inspectToken(readObject(`capabilities/${name}.json`), purePrimitives);
    expect(await preimage(inspection.claim)).toBe(reading);
    expect(await chainHolds(inspection)).toBe(true);
  });

  it("tells the single tokens apart", async () => {
    for (const name of [
      "not_yet_valid_capability",
      "tampered_capability_signature",
      "valid_delegated_capability",
    ]) {
      const one = readObject(`single-objects/binding-${name}.json`);
      expect(await result(one)).toEqual(member(one, "expected"));
    }
  });
});

import { describe, expect, it } from "vitest";
import { publicKeyOf, sign } from "../crypto/ed25519.ts";
import { purePrimitives } from "../crypto/sha256.ts";
import { toHex, utf8 } from "../encoding.ts";
import { canonicalize } from "../json/canonicalize.ts";
import { isArray, isObject, type JsonObject, member } from "../json/value.ts";
import { checkClaim, type SignatureClaim } from "../signature.ts";
import { exactBackend } from "../testing/exact-backend.ts";
import { readObject } from "../testing/read-objects.ts";
import { vectorsDirectory } from "../testing/vectors.ts";
import { bindsItsIdentity, keyBindingFacts } from "./key-binding.ts";
import { inspectStatement } from "./signed-statement.ts";
import { inspectToolManifest } from "./tool-manifest.ts";

const missing = vectorsDirectory() === null;
const SEED = new Uint8Array(32).fill(7);
const KEY = toHex(publicKeyOf(SEED));

async function fits(claim: SignatureClaim | null | undefined): Promise<boolean> {
  return (
    claim !== null && claim !== undefined && (await checkClaim(claim, exactBackend)).kind === "fits"
  );
}

function signed(value: JsonObject): string {
  return toHex(sign(SEED, utf8(canonicalize(value))));
}

describe.skipIf(missing)("tool manifest vectors", () => {
  const list = missing ? [] : member(readObject("receipts-april/manifest.json"), "cases");
  const cases = (isArray(list) ? list : []).filter(isObject);
  it.each(cases.map((one) => [member(one, "id"), one] as const))("%s", async (_, one) => {
    const envelope = member(one, "signed_manifest");
    if (!isObject(envelope)) {
      throw new Error("no manifest");
    }
    const inspection = inspectToolManifest(envelope, purePrimitives);
    const passed = (name: string) =>
      inspection.checks.some((check) => check.name === name && check.outcome.kind === "passed");
    expect({
      embedded_public_key_matches_signer: passed("coherence"),
      embedded_public_key_valid: inspection.embeddedKeyValid,
      signature_valid: await fits(inspection.claim),
      structure_valid: passed("structure"),
    }).toEqual(member(one, "expected"));
  });
});

describe.skipIf(missing)("key-binding certificate vector", () => {
  it("is signed by the key that it binds", async () => {
    const anchor = readObject("anchors/CHIO_ANCHOR_INCLUSION_PROOF_EXAMPLE.json");
    const binding = member(anchor, "key_binding_certificate");
    if (!isObject(binding)) {
      throw new Error("no certificate");
    }
    const statement = inspectStatement(binding, purePrimitives);
    expect(statement?.form).toBe("key-binding");
    expect(await fits(statement?.claim)).toBe(true);
    const facts = keyBindingFacts(binding);
    expect(facts !== null && bindsItsIdentity(facts)).toBe(true);
  });
});

describe("signed statements", () => {
  const lineage = {
    schema: "chio.receipt_lineage_statement.v1",
    id: "rls-1",
    parentReceiptId: "a",
    childReceiptId: "b",
    kernelKey: KEY,
  };
  const policy = { schema: "chio.federation-policy.v1", signerPublicKey: KEY };
  const statements: readonly (readonly [string, JsonObject])[] = [
    ["flat", { ...lineage, signature: signed(lineage) }],
    ["export-envelope", { body: lineage, signerKey: KEY, signature: signed(lineage) }],
    ["federation-policy", { body: policy, signature: signed(policy) }],
  ];

  it.each(statements)("%s fits, and no longer does with a member changed", async (form, value) => {
    const statement = inspectStatement(value, purePrimitives);
    expect(statement?.form).toBe(form);
    expect(await fits(statement?.claim)).toBe(true);
    const body = member(value, "body");
    const edited: JsonObject = isObject(body)
      ? { ...value, body: { ...body, extra: 1 } }
      : { ...value, extra: 1 };
    expect(await fits(inspectStatement(edited, purePrimitives)?.claim)).toBe(false);
  });

  it.each(statements)("%s is still recognised without its signature", (_, value) => {
    const { signature: _signature, ...rest } = value;
    const statement = inspectStatement(rest, purePrimitives);
    expect(statement?.checks[0]?.outcome).toMatchObject({ kind: "failed", code: "SIG-001" });
  });

  it("leaves rows about something else alone", () => {
    expect(inspectStatement({ signature: "x" }, purePrimitives)).toBeNull();
    expect(inspectStatement({ body: { a: 1 } }, purePrimitives)).toBeNull();
    expect(inspectStatement({ schema: "chio.audit-log.export.v1" }, purePrimitives)).toBeNull();
  });
});

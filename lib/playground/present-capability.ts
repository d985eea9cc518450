import { signToken } from "@/kernel/capability/sign.ts";
import { inspectToken } from "@/kernel/capability/token.ts";
import { verifySignature } from "@/kernel/crypto/ed25519.ts";
import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import type { PresentedCapability } from "@/kernel/evaluation/model.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { asText, isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { without } from "@/kernel/record-members.ts";
import { parseKeyOnce } from "@/kernel/signing-material.ts";
import type { DemoKeys } from "./demo-keys.ts";
import type { TokenSigning } from "./model.ts";

export interface Presented {
  readonly capability: PresentedCapability;
  readonly signing: TokenSigning;
  /** Authorities that the kernel here takes as trusted for this one evaluation. */
  readonly trustedIssuers: ReadonlySet<string>;
}

interface Signing {
  readonly loaded: JsonObject | null;
  readonly signing: "demo" | "own";
  readonly pinnedIssuers: readonly string[] | null;
}

/**
 * The token as it is presented to the kernel. One that is as it was loaded keeps its signature and is judged
 * by the pinned authorities. An edited one cannot keep it, so a throw-away authority of this page signs it
 * and is trusted for it, unless the person asks to see what the old signature is worth.
 *
 * @param value the token that was read from the text; undefined where there is no text
 */
export function presentCapability(
  value: JsonValue | undefined,
  { loaded, signing, pinnedIssuers }: Signing,
  demo: DemoKeys,
): Presented {
  const pinned = new Set(pinnedIssuers ?? []);
  if (value === undefined) {
    return { capability: { kind: "none" }, signing: { kind: "none" }, trustedIssuers: pinned };
  }
  if (!isObject(value)) {
    const problem = "it is no JSON object";
    return {
      capability: { kind: "unreadable", problem },
      signing: { kind: "none" },
      trustedIssuers: pinned,
    };
  }
  const edited = loaded === null || canonicalize(value) !== canonicalize(loaded);
  if (edited && signing === "demo") {
    const token = resign(value, demo);
    return {
      capability: { kind: "token", token },
      signing: { kind: "demo", edited: loaded !== null },
      trustedIssuers: pinned.add(demo.authority.publicKey),
    };
  }
  const issuer = issuerOf(value);
  // Where authorities are pinned but none is in force, nobody may stand in for them.
  const assumed = pinnedIssuers === null && issuer !== null;
  return {
    capability: { kind: "token", token: value },
    signing: {
      kind: "own",
      fits: signatureFits(value),
      issuer: assumed ? "assumed" : issuer !== null && pinned.has(issuer) ? "pinned" : "not-pinned",
    },
    trustedIssuers: assumed ? new Set([issuer]) : pinned,
  };
}

/** The token's body under the throw-away authority. */
export function resign(token: JsonObject, demo: DemoKeys): JsonObject {
  return signToken(without(token, "signature", "algorithm"), demo.authority);
}

function issuerOf(token: JsonObject): string | null {
  const key = parseKeyOnce(asText(member(token, "issuer")) ?? "");
  return key.ok ? key.value.canonical : null;
}

function signatureFits(token: JsonObject): boolean {
  const { claim } = inspectToken(token, purePrimitives);
  if (claim?.key.kind !== "ed25519" || claim.signature.kind !== "ed25519") {
    return false;
  }
  const { key, signature } = claim;
  return claim.preimages.some((preimage) =>
    verifySignature(key.bytes, preimage.bytes(), signature.bytes),
  );
}

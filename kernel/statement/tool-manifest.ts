import type { Check, Note } from "../check.ts";
import { canonicalize, hasCcCharacter } from "../json/canonicalize.ts";
import {
  asText,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
} from "../json/value.ts";
import { preimagesOf } from "../preimages.ts";
import type { Primitives } from "../primitives.ts";
import { unknownMembers } from "../record-members.ts";
import type { SignatureClaim } from "../signature.ts";
import { parseKeyOnce, readMaterial } from "../signing-material.ts";

export interface ToolManifestInspection {
  readonly serverId: string;
  /** "structure": names and tools; "coherence": the embedded key is the signer's. */
  readonly checks: readonly Check[];
  readonly claim: SignatureClaim | null;
  readonly notes: readonly Note[];
  readonly embeddedKeyValid: boolean;
}

const ENVELOPE: ReadonlySet<string> = new Set(["manifest", "signature", "signer_key", "algorithm"]);

/** Reads a tool server's signed manifest `{manifest, signature, signer_key}`, signed over its canonical text. */
export function inspectToolManifest(
  value: JsonObject,
  primitives: Primitives,
): ToolManifestInspection {
  const manifest = member(value, "manifest");
  const body = isObject(manifest) ? manifest : {};
  const material = readMaterial({
    key: member(value, "signer_key"),
    keyPointer: "/signer_key",
    signature: member(value, "signature"),
    signaturePointer: "/signature",
    algorithm: member(value, "algorithm"),
    algorithmPointer: "/algorithm",
  });
  const embedded = embeddedKey(body);
  const signer = material.ok ? material.value.key.canonical : null;
  const checks: Check[] = [structureCheck(body), coherenceCheck(body, embedded, signer)];
  let claim: SignatureClaim | null = null;
  if (material.ok) {
    const { key, signature } = material.value;
    const text = canonicalize(manifest ?? null);
    const preimages = preimagesOf(
      [{ name: "normal", text: () => text }],
      hasCcCharacter(text),
      primitives,
    );
    claim = { key, signature, preimages, pointer: "/signature" };
  } else {
    checks.push(material.error);
  }
  return {
    serverId: asText(member(body, "server_id")) ?? "",
    checks,
    claim,
    notes: [...unknownMembers(value, ENVELOPE, ""), ...(material.ok ? material.value.notes : [])],
    embeddedKeyValid: embedded !== null,
  };
}

function structureCheck(manifest: JsonObject): Check {
  for (const name of ["schema", "server_id", "name", "version"]) {
    if (!asText(member(manifest, name))) {
      return structureFailed(`/manifest/${name}`, "text", null);
    }
  }
  const tools = member(manifest, "tools");
  if (!isArray(tools) || tools.length === 0) {
    return structureFailed("/manifest/tools", "a list of tools", null);
  }
  const seen = new Set<string>();
  for (const [index, tool] of tools.entries()) {
    const name = toolName(tool);
    if (name === null || seen.has(name)) {
      return structureFailed(`/manifest/tools/${index}/name`, "a unique name", name);
    }
    seen.add(name);
  }
  return { name: "structure", outcome: { kind: "passed" } };
}

function coherenceCheck(
  manifest: JsonObject,
  embedded: string | null,
  signer: string | null,
): Check {
  if (embedded !== null && embedded === signer) {
    return { name: "coherence", outcome: { kind: "passed" } };
  }
  return {
    name: "coherence",
    outcome: {
      kind: "failed",
      code: "SIG-001",
      pointer: "/manifest/public_key",
      expected: signer,
      actual: embedded ?? asText(member(manifest, "public_key")) ?? null,
    },
  };
}

function embeddedKey(manifest: JsonObject): string | null {
  const spelled = asText(member(manifest, "public_key"));
  const key = spelled === undefined ? null : parseKeyOnce(spelled);
  return key?.ok ? key.value.canonical : null;
}

function toolName(tool: JsonValue): string | null {
  return (isObject(tool) && asText(member(tool, "name"))) || null;
}

function structureFailed(pointer: string, expected: string, actual: string | null): Check {
  return {
    name: "structure",
    outcome: { kind: "failed", code: "MAN-006", pointer, expected, actual },
  };
}

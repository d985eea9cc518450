import type { PresentedCapability } from "@/kernel/evaluation/model.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import {
  asText,
  asU64,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
} from "@/kernel/json/value.ts";
import { jsonInteger } from "@/kernel/record-members.ts";
import { parseKeyOnce } from "@/kernel/signing-material.ts";
import type { KnownCapability } from "@/lib/verification/known-capability.ts";
import type { DemoKeys } from "../demo-keys.ts";
import { presentCapability, resign } from "../present-capability.ts";
import type { ReplayInput } from "./model.ts";

/** A capability as it is presented for a denial. */
export interface ReplayCapability {
  readonly presented: PresentedCapability;
  /** Whom it was issued to, as written; empty where it cannot be read. */
  readonly subject: string;
  /** Of a token with its own signature, canonical; null for one that this page signed. */
  readonly issuer: string | null;
  readonly from: "edited" | "token" | "lineage";
}

/** Gives each denial its capability: the edited one where it has that id, else what is loaded of it. */
export class ReplayCapabilities {
  readonly #demo: DemoKeys;
  readonly #edited: Edited | null;
  readonly #loaded = new Map<string, ReplayCapability>();

  constructor(input: ReplayInput, demo: DemoKeys) {
    this.#demo = demo;
    this.#edited = readEdited(input, demo);
  }

  /** What the session has loaded of a capability; what is known already stays. */
  learn(id: string, known: KnownCapability): void {
    if (this.#loaded.has(id)) {
      return;
    }
    const capability =
      known.kind === "token"
        ? { ...asPresented(known.token), issuer: issuerOf(known.token), from: "token" as const }
        : {
            ...asPresented(resign(known.body, this.#demo)),
            issuer: null,
            from: "lineage" as const,
          };
    this.#loaded.set(id, capability);
  }

  /** @param at Unix seconds of the denial */
  of(id: string, at: bigint): ReplayCapability | null {
    return this.#edited?.id === id ? this.#edited.at(at) : (this.#loaded.get(id) ?? null);
  }
}

interface Edited {
  readonly id: string;
  at(at: bigint): ReplayCapability;
}

function readEdited(input: ReplayInput, demo: DemoKeys): Edited | null {
  const parsed = parseJson(input.capability);
  const value: JsonValue | null = parsed.ok ? parsed.value.value : null;
  const id = isObject(value) ? asText(member(value, "id")) : undefined;
  if (!isObject(value) || id === undefined) {
    return null;
  }
  const { capability, signing } = presentCapability(value, { ...input, pinnedIssuers: null }, demo);
  if (capability.kind !== "token") {
    return null;
  }
  const edited: ReplayCapability = {
    ...asPresented(capability.token),
    issuer: signing.kind === "own" ? issuerOf(value) : null,
    from: "edited",
  };
  return { id, at: input.datesMadeUp ? issuedAnew(value, edited, demo) : () => edited };
}

/**
 * A template whose dates nobody set is issued anew for each stretch of its own length, so that no denial is
 * held to a date that was made up.
 */
function issuedAnew(
  value: JsonObject,
  edited: ReplayCapability,
  demo: DemoKeys,
): (at: bigint) => ReplayCapability {
  const from = asU64(member(value, "issued_at")) ?? 0n;
  const until = asU64(member(value, "expires_at")) ?? 0n;
  const life = until - from;
  if (life <= 0n) {
    return () => edited;
  }
  const issued = new Map<bigint, ReplayCapability>();
  return (at) => {
    const begin = at - (at % life);
    const dates = { issued_at: jsonInteger(begin), expires_at: jsonInteger(begin + life) };
    const token = issued.get(begin) ?? {
      ...edited,
      ...asPresented(resign({ ...value, ...dates }, demo)),
    };
    issued.set(begin, token);
    return token;
  };
}

function asPresented(token: JsonObject): Pick<ReplayCapability, "presented" | "subject"> {
  return {
    presented: { kind: "token", token },
    subject: asText(member(token, "subject")) ?? "",
  };
}

function issuerOf(token: JsonObject): string {
  const written = asText(member(token, "issuer")) ?? "";
  const key = parseKeyOnce(written);
  return key.ok ? key.value.canonical : written;
}

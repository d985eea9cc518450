import { signToken } from "@/kernel/capability/sign.ts";
import { verifySignature } from "@/kernel/crypto/ed25519.ts";
import { NO_USAGE, type Usage } from "@/kernel/economics/model.ts";
import { evaluate } from "@/kernel/evaluate.ts";
import type { ToolCall } from "@/kernel/evaluation/call.ts";
import type { Evaluation, KernelContext, LoadedPolicy } from "@/kernel/evaluation/model.ts";
import { DEFAULT_FORBIDDEN_PATH } from "@/kernel/guards/forbidden-path.ts";
import { mapMemory } from "@/kernel/guards/memory.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { defaultPolicy, NO_GUARDS } from "@/kernel/policy/defaults.ts";
import { loadPolicy } from "@/kernel/policy/load.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { err } from "@/kernel/result.ts";
import { hashHex } from "@/kernel/texts.ts";
import { demoKey } from "../keys.ts";
import { DEMO_START } from "../log.ts";
import type { Names } from "./cast.ts";
import { issuedScopes } from "./grants.ts";
import { personalDataGuard } from "./personal-data.ts";

const YEAR = 365 * 24 * 60 * 60;

/** The shop's kernel: real capabilities, a policy, and the evaluation that the product has. */
export class Court {
  readonly #policy: LoadedPolicy;
  readonly #tokens: ReadonlyMap<string, JsonObject>;
  readonly #authority = demoKey("capability authority");
  readonly #primitives: Primitives;
  readonly #precedents: Map<string, Evaluation> | null;
  readonly #spent = new Map<string, bigint>();
  readonly #verified = new Map<string, boolean>();

  constructor(names: Names, decisions: "each" | "by-kind", primitives: Primitives) {
    this.#primitives = primitives;
    this.#policy = shopPolicy(names, primitives);
    this.#precedents = decisions === "each" ? null : new Map();
    this.#tokens = new Map(
      issuedScopes(names).map(({ id, agent, scope }) => [
        id,
        signToken(
          {
            id,
            subject: demoKey(names.cast[agent].agent).key,
            scope,
            issued_at: DEMO_START - YEAR,
            expires_at: DEMO_START + YEAR,
          },
          this.#authority.seed,
        ),
      ]),
    );
  }

  get policyHash(): string {
    return this.#policy.hash;
  }

  /** Judges a call. Calls of one `kind` have the same answer, but for what they cost and carry. */
  judge(call: ToolCall, capability: string, kind: string, seconds: number): Evaluation {
    const precedent = this.#precedents?.get(kind);
    if (precedent !== undefined) {
      return { ...precedent, arguments: call.arguments };
    }
    const token = this.#tokens.get(capability);
    const evaluation = evaluate(
      {
        capability: token === undefined ? { kind: "none" } : { kind: "token", token },
        call,
        dpop: null,
      },
      this.#context(seconds),
    );
    this.#precedents?.set(kind, evaluation);
    return evaluation;
  }

  /** What a grant has cost so far, this call included. */
  spend(capability: string, grant: number, units: bigint): bigint {
    const key = `${capability} ${grant}`;
    const spent = (this.#spent.get(key) ?? 0n) + units;
    this.#spent.set(key, spent);
    return spent;
  }

  #context(seconds: number): KernelContext {
    return {
      policy: this.#policy,
      trustedIssuers: new Set([this.#authority.key]),
      isRevoked: () => false,
      lineage: () => null,
      takeNonce: () => true,
      usage: (capability, grant) => this.#usage(capability, grant),
      memory: mapMemory(1),
      isRegistered: null,
      emergencyStop: null,
      now: BigInt(seconds) * 1000n,
      compile: () => err("no capability of the shop has a pattern"),
      verify: (key, message, signature) => this.#verify(key, message, signature),
      primitives: this.#primitives,
      meter: null,
    };
  }

  #usage(capability: string, grant: number): Usage {
    const realized = this.#spent.get(`${capability} ${grant}`);
    return realized === undefined ? NO_USAGE : { ...NO_USAGE, realized };
  }

  /** Eight tokens are presented a thousand times: each signature is checked once. */
  #verify(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
    const name = hashHex(`${key.join()} ${message.join()} ${signature.join()}`, this.#primitives);
    const known = this.#verified.get(name);
    if (known !== undefined) {
      return known;
    }
    const outcome = verifySignature(key, message, signature);
    this.#verified.set(name, outcome);
    return outcome;
  }
}

/** Forbidden paths and personal data; the hash says so. */
function shopPolicy(names: Names, primitives: Primitives): LoadedPolicy {
  const fields = new Map([[names.topic("payment.charged"), ["/card/holder", "/card/last4"]]]);
  const effective = {
    ...defaultPolicy(),
    guards: { ...NO_GUARDS, forbiddenPath: DEFAULT_FORBIDDEN_PATH },
  };
  const loaded = loadPolicy(effective, () => err("the shop's policy has no pattern"), primitives);
  if (!loaded.ok) {
    throw new RangeError("the shop's policy loads");
  }
  const hash = hashHex(
    canonicalize({
      policy: loaded.value.hash,
      personal_fields: Object.fromEntries(fields),
    }),
    primitives,
  );
  return {
    ...loaded.value,
    hash,
    guards: [...loaded.value.guards, personalDataGuard(fields)],
  };
}

import type { JsonObject, JsonValue } from "../../json/value.ts";
import { jsonInteger } from "../../record-members.ts";
import { type AdmissionContext, admitDelegation } from "../admission.ts";
import type { CapabilitySnapshot, Scope } from "../model.ts";
import { signDelegationLink } from "../sign.ts";
import { agent, bodyWith, capabilityOf, crypto, grantOf, scopeOf, seed } from "./capabilities.ts";

/** One capability of a chain: the snapshot that is stored of it, and how its subject handed it on. */
export interface Step {
  readonly snapshot: CapabilitySnapshot;
  readonly link: {
    readonly capabilityId: string;
    /** Who signs, by index of the agents. */
    readonly delegator: number;
    readonly delegatee: number;
    readonly timestamp: bigint;
    readonly attenuations: readonly JsonObject[];
  };
}

/** Ancestors from the root, and the token that the last of them was handed on as. */
export interface Chain {
  readonly steps: readonly Step[];
  readonly scope: JsonValue;
  readonly issuedAt: bigint;
  readonly expiresAt: bigint;
  readonly subject: number;
}

export const DELEGABLE: Scope = scopeOf(grantOf({ operations: ["invoke", "delegate"] }));
const DELEGABLE_JSON: JsonValue = {
  grants: [{ server_id: "srv", tool_name: "tool", operations: ["invoke", "delegate"] }],
};

/**
 * An honest chain: agent `i` holds `cap-i` from second `100 + 10 i`, hands it on five seconds later to agent
 * `i + 1`, and each expires ten seconds before its parent.
 */
export function honestChain(links: number): Chain {
  return {
    steps: Array.from({ length: links }, (_, index) => ({
      snapshot: {
        id: `cap-${index}`,
        issuer: agent(9),
        subject: agent(index),
        scope: DELEGABLE,
        issuedAt: 100n + 10n * BigInt(index),
        expiresAt: 500n - 10n * BigInt(index),
        depth: index,
        parentId: index === 0 ? null : `cap-${index - 1}`,
      },
      link: {
        capabilityId: `cap-${index}`,
        delegator: index,
        delegatee: index + 1,
        timestamp: 105n + 10n * BigInt(index),
        attenuations: [],
      },
    })),
    scope: DELEGABLE_JSON,
    issuedAt: 100n + 10n * BigInt(links),
    expiresAt: 500n - 10n * BigInt(links),
    subject: links,
  };
}

/** The chain with changes to one of its steps. */
export function changed(
  chain: Chain,
  at: number,
  change: { readonly link?: Partial<Step["link"]>; readonly snapshot?: Partial<Step["snapshot"]> },
): Chain {
  return {
    ...chain,
    steps: chain.steps.map((step, index) =>
      index === at
        ? {
            link: { ...step.link, ...change.link },
            snapshot: { ...step.snapshot, ...change.snapshot },
          }
        : step,
    ),
  };
}

const signed = new Map<string, JsonObject>();

/** Signing is what takes time here, so a link that was signed before is taken again. */
function signOnce(link: JsonObject, delegator: number): JsonObject {
  const name = `${delegator} ${JSON.stringify(link)}`;
  const known = signed.get(name) ?? signDelegationLink(link, seed(delegator));
  signed.set(name, known);
  return known;
}

export function signedLinks(chain: Chain): readonly JsonObject[] {
  return chain.steps.map(({ link }) =>
    signOnce(
      {
        capability_id: link.capabilityId,
        delegatee: agent(link.delegatee),
        timestamp: jsonInteger(link.timestamp),
        ...(link.attenuations.length > 0 ? { attenuations: link.attenuations } : {}),
      },
      link.delegator,
    ),
  );
}

/** Why a chain is not admitted, without the words that every reason begins with; null where it is. */
export function admission(
  chain: Chain,
  links: JsonValue = signedLinks(chain),
  over: Partial<AdmissionContext> = {},
): string | null {
  const token = bodyWith({
    id: "cap-child",
    subject: agent(chain.subject),
    scope: chain.scope,
    issued_at: jsonInteger(chain.issuedAt),
    expires_at: jsonInteger(chain.expiresAt),
    delegation_chain: links,
  });
  const stored = new Map(chain.steps.map(({ snapshot }) => [snapshot.id, snapshot]));
  const problem = admitDelegation(capabilityOf(token), {
    ...crypto,
    maxDepth: 5,
    lineage: (id) => stored.get(id) ?? null,
    ...over,
  });
  if (problem !== null && problem.code !== "delegation-invalid") {
    throw new Error(problem.code);
  }
  return problem?.reason.replace("delegation admission failed: ", "") ?? null;
}

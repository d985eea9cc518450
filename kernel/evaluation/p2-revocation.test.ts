import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate } from "../evaluate.ts";
import { type Delegated, delegated } from "../testing/delegation.ts";
import { AUTHORITY, contextWith, requestWith } from "../testing/evaluation.ts";
import { product } from "../testing/product.ts";
import type { Evaluation } from "./model.ts";

/**
 * P2, revocation completeness: a call is allowed if and only if neither its token, nor any ancestor that it
 * presents, nor its authority was revoked; and revoking more never allows more.
 */
const DEPTHS = [0, 1, 2, 3] as const;
const LONGEST = Math.max(...DEPTHS);
const CHAINS: readonly Delegated[] = DEPTHS.map((depth) => delegated(depth));
/** Ids that can be revoked: every ancestor, the token, its authority, and two that have nothing to do with it. */
const BYSTANDERS = ["cap-elsewhere", "00".repeat(32)];
const SUBSETS = 2 ** (LONGEST + 2 + BYSTANDERS.length);

function judge(chain: Delegated, revoked: ReadonlySet<string>): Evaluation {
  return evaluate(
    requestWith(chain.token, { agentId: chain.agent }),
    contextWith({ lineage: chain.lineage, isRevoked: (id) => revoked.has(id) }),
  );
}

function idsOf(chain: Delegated): readonly string[] {
  return [...chain.ancestors, chain.id, AUTHORITY];
}

describe("P2: revocation completeness", () => {
  it.each(CHAINS.map((chain) => [chain.ancestors.length, chain] as const))(
    `with %s ancestors, in every subset of what can be revoked (at most ${SUBSETS})`,
    (_, chain) => {
      const related = idsOf(chain);
      const ids = [...related, ...BYSTANDERS];
      let tried = 0;
      for (const picks of product(...ids.map(() => [false, true]))) {
        tried += 1;
        const revoked = new Set(ids.filter((_id, index) => picks[index]));
        const evaluation = judge(chain, revoked);
        const hit = related.some((id) => revoked.has(id));
        expect([[...revoked], evaluation.verdict.kind]).toEqual([
          [...revoked],
          hit ? "deny" : "allow",
        ]);
        const step = evaluation.trace.find(({ outcome }) => outcome === "denied")?.step;
        expect(step).toBe(hit ? "revocation" : undefined);
      }
      expect(tried).toBe(2 ** ids.length);
    },
    60_000,
  );

  it("names the token first, then the nearest ancestor to the root, then the authority", () => {
    const chain = delegated(2);
    const [root, middle] = chain.ancestors;
    const reason = (...ids: readonly (string | undefined)[]) => {
      const { verdict } = judge(chain, new Set(ids.filter((id) => id !== undefined)));
      return verdict.kind === "deny" ? verdict.denial.reason : "";
    };
    expect(reason(chain.id, root, AUTHORITY)).toBe(`capability has been revoked: ${chain.id}`);
    expect(reason(middle, root)).toBe(`delegation chain revoked at ancestor ${root}`);
    expect(reason(middle, AUTHORITY)).toBe(`delegation chain revoked at ancestor ${middle}`);
    expect(reason(AUTHORITY)).toBe(`capability authority has been revoked: ${AUTHORITY}`);
  });

  it("never turns a deny into an allow by revoking more", () => {
    const ids = fc.subarray(CHAINS.flatMap(idsOf).concat(BYSTANDERS));
    fc.assert(
      fc.property(fc.constantFrom(...CHAINS), ids, ids, (chain, some, more) => {
        const before = judge(chain, new Set(some)).verdict.kind;
        const after = judge(chain, new Set([...some, ...more])).verdict.kind;
        expect(before === "deny" && after === "allow").toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

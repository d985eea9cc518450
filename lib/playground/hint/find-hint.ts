import { evaluate } from "@/kernel/evaluate.ts";
import { type Denial, type Evaluation, STEPS } from "@/kernel/evaluation/model.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import type { JsonValue } from "@/kernel/json/value.ts";
import { readPolicyText } from "@/lib/policy/read-policy.ts";
import { type HerePorts, prepare } from "../evaluate-here.ts";
import type { Change, Hint, PlaygroundInput } from "../model.ts";
import { budgetCandidates } from "./budget-candidates.ts";
import { type Candidate, type Denied, type Documents, withChange } from "./candidate.ts";
import { guardCandidates } from "./guard-candidates.ts";
import { DEFAULT_POLICY_DOCUMENT } from "./policy-places.ts";
import { proofCandidates, scopeCandidates } from "./scope-candidates.ts";
import { tokenCandidates } from "./token-candidates.ts";

/** Evaluations that a search may take: a bound on the time, not on what can be found. */
const MOST_EVALUATIONS = 400;
const MOST_CHANGES = 6;

/**
 * The smallest change found that would have allowed a denied call; null where none was found, where the call
 * is allowed, or where an input cannot be read.
 *
 * A best-first search over the evaluator itself: each denial proposes changes to what denied it, the lightest
 * set of changes is judged next, and what allows is then tried without each of its parts, so that nothing
 * stands in it that is not needed. A way to an allow, not advice to take it.
 */
export function findHint(input: PlaygroundInput, ports: HerePorts): Hint | null {
  const documents = documentsOf(input);
  return documents === null ? null : new Search(input, documents, ports).run();
}

interface Node {
  readonly changes: readonly Change[];
  readonly documents: Documents;
  readonly weight: number;
  /** How far the parent's evaluation came: of two equally light sets, the one that came further goes first. */
  readonly reached: number;
}

class Search {
  readonly #input: PlaygroundInput;
  readonly #start: Documents;
  readonly #ports: HerePorts;
  readonly #seen = new Set<string>();
  #evaluations = 0;

  constructor(input: PlaygroundInput, start: Documents, ports: HerePorts) {
    this.#input = input;
    this.#start = start;
    this.#ports = ports;
  }

  run(): Hint | null {
    const frontier: Node[] = [{ changes: [], documents: this.#start, weight: 0, reached: 0 }];
    for (;;) {
      const node = takeLightest(frontier);
      if (node === null || this.#evaluations >= MOST_EVALUATIONS) {
        return null;
      }
      const judged = this.#judge(node.documents);
      if (judged === null) {
        continue;
      }
      const { verdict } = judged.evaluation;
      if (verdict.kind === "allow") {
        return node.changes.length === 0
          ? null
          : { changes: this.#needed(node.changes), evaluations: this.#evaluations };
      }
      if (node.changes.length < MOST_CHANGES) {
        frontier.push(...this.#next(node, judged, verdict.denial));
      }
    }
  }

  #next(node: Node, judged: Denied, denial: Denial): readonly Node[] {
    const reached = reachedOf(judged.evaluation);
    return candidatesFor(judged, denial, this.#ports.demo.authority.publicKey).flatMap(
      ({ change, weight }) => {
        const documents = withChange(node.documents, change);
        if (documents === null || this.#isKnown(documents)) {
          return [];
        }
        return [
          {
            changes: [...node.changes, change],
            documents,
            weight: node.weight + weight,
            reached,
          },
        ];
      },
    );
  }

  /** Leaves out every change without which the call is still allowed. */
  #needed(changes: readonly Change[]): readonly Change[] {
    for (const change of changes) {
      const rest = changes.filter((other) => other !== change);
      const documents = rest.length === 0 ? null : withAll(this.#start, rest);
      const judged = documents === null ? null : this.#judge(documents);
      if (judged?.evaluation.verdict.kind === "allow") {
        return this.#needed(rest);
      }
    }
    return changes;
  }

  #judge(documents: Documents): Denied | null {
    this.#evaluations += 1;
    const prepared = prepare(inputOf(documents, this.#start, this.#input), this.#ports);
    if (!prepared.ok) {
      return null;
    }
    const { request, context } = prepared.value;
    return { documents, request, context, evaluation: evaluate(request, context) };
  }

  #isKnown(documents: Documents): boolean {
    const name = canonicalize([documents.capability ?? null, documents.request, documents.policy]);
    const known = this.#seen.has(name);
    this.#seen.add(name);
    return known;
  }
}

function candidatesFor(denied: Denied, denial: Denial, authority: string): readonly Candidate[] {
  switch (denial.code) {
    case "out-of-scope":
    case "constraint-invalid":
    case "constraint-unchecked":
      return scopeCandidates(denied);
    case "dpop-invalid":
    case "dpop-replayed":
      return proofCandidates(denied);
    case "guard-denied":
    case "guard-error":
      return guardCandidates(denied, denial);
    case "budget-exhausted":
      return budgetCandidates(denied);
    default:
      return tokenCandidates(denied, denial.code, authority);
  }
}

/** Steps that were passed, and guards in the last of them. */
function reachedOf({ trace, evidence }: Evaluation): number {
  const steps = trace.findIndex(({ outcome }) => outcome === "denied");
  return (steps === -1 ? STEPS.length : steps) * 100 + evidence.length;
}

function takeLightest(frontier: Node[]): Node | null {
  let best = 0;
  for (const [index, node] of frontier.entries()) {
    const lightest = frontier[best];
    if (lightest !== undefined && isBefore(node, lightest)) {
      best = index;
    }
  }
  return frontier.splice(best, 1)[0] ?? null;
}

function isBefore(node: Node, other: Node): boolean {
  return (
    node.weight < other.weight || (node.weight === other.weight && node.reached > other.reached)
  );
}

/** The documents with all the changes made, in order; null where one has no place any more. */
export function withAll(documents: Documents, changes: readonly Change[]): Documents | null {
  let changed: Documents | null = documents;
  for (const change of changes) {
    changed = changed === null ? null : withChange(changed, change);
  }
  return changed;
}

/** The editors' texts as values; null where one cannot be read. */
export function documentsOf(input: PlaygroundInput): Documents | null {
  const capability = input.capability.trim() === "" ? undefined : jsonOf(input.capability);
  const request = jsonOf(input.request);
  const policy = input.policy === null ? DEFAULT_POLICY_DOCUMENT : policyOf(input.policy);
  return capability === null || request === null || policy === null
    ? null
    : { capability, request, policy };
}

/** The input with the documents in place of its texts; a document that did not change keeps its text. */
export function inputOf(
  documents: Documents,
  start: Documents,
  input: PlaygroundInput,
): PlaygroundInput {
  const { capability, request, policy } = documents;
  return {
    ...input,
    ...(capability === start.capability || capability === undefined
      ? {}
      : { capability: canonicalize(capability), signing: "demo" as const }),
    ...(request === start.request ? {} : { request: canonicalize(request) }),
    ...(policy === start.policy ? {} : { policy: canonicalize(policy) }),
  };
}

function jsonOf(text: string): JsonValue | null {
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value.value : null;
}

function policyOf(text: string): JsonValue | null {
  const read = readPolicyText(text);
  return read.ok ? read.value : null;
}

import { OPERATIONS, type Operation } from "../capability/model.ts";
import type { JsonObject } from "../json/value.ts";
import { DEFAULT_TTL } from "./defaults.ts";
import type { EffectivePolicy } from "./effective-policy.ts";
import { type GrantTerms, toolGrant, toolGrants } from "./scope.ts";
import type { Section } from "./section.ts";
import type { ToolAccess } from "./tool-access.ts";

type Issued = Pick<EffectivePolicy, "defaultScope" | "defaultTtl">;

/** One entry of `tools`, `resources` or `prompts`. */
interface Entry {
  readonly section: Section;
  readonly operations: readonly Operation[];
  /** Seconds. */
  readonly life: bigint;
}

/**
 * Reads `capabilities.default` (kernel semantics 7.2): the scope of a capability that is issued under the policy
 * when none is asked for. Without tools of its own it is made of the tools that `tool_access` allows. It lives
 * as long as its shortest entry, and never longer than `maxTtl`.
 */
export function readCapabilities(
  section: Section,
  tools: ToolAccess | null,
  maxTtl: bigint,
): Issued {
  const part = section.sectionOrEmpty("default");
  const terms: GrantTerms = {
    maxArgsSize: tools?.maxArgsSize ?? null,
    confirm: tools?.confirm ?? [],
    approveAbove: null,
    runtimeAssurance: null,
  };
  const toolEntries = entriesOf(part, "tools", "invoke", maxTtl);
  const resourceEntries = entriesOf(part, "resources", "read", maxTtl);
  const promptEntries = entriesOf(part, "prompts", "get", maxTtl);
  const grants = toolEntries.map(({ section: entry, operations }) =>
    toolGrant(entry.required("server"), entry.required("tool"), operations, terms),
  );
  const resources = resourceEntries.map(({ section: entry, operations }) => ({
    uri_pattern: entry.required("uri"),
    operations,
  }));
  const prompts = promptEntries.map(({ section: entry, operations }) => ({
    prompt_name: entry.required("prompt"),
    operations,
  }));
  const entries = [...toolEntries, ...resourceEntries, ...promptEntries];
  for (const { section: read } of [...entries, { section: part }, { section }]) {
    read.end();
  }
  return {
    defaultScope: {
      grants: grants.length > 0 ? grants : toolGrants(tools?.guard.allow ?? [], terms),
      ...(resources.length > 0 ? { resource_grants: resources } : {}),
      ...(prompts.length > 0 ? { prompt_grants: prompts } : {}),
    } satisfies JsonObject,
    defaultTtl: shortest(
      entries.map(({ life }) => life),
      maxTtl,
    ),
  };
}

function entriesOf(
  part: Section,
  name: string,
  operation: Operation,
  maxTtl: bigint,
): readonly Entry[] {
  const usual = shortest([DEFAULT_TTL], maxTtl);
  return part.sections(name).map((section) => ({
    section,
    operations: section.choices("operations", OPERATIONS, [operation]),
    life: section.count("ttl", usual, 1n, maxTtl),
  }));
}

function shortest(lives: readonly bigint[], maxTtl: bigint): bigint {
  const [first = DEFAULT_TTL, ...others] = lives;
  return [...others, maxTtl].reduce((least, life) => (life < least ? life : least), first);
}

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { classifyAction } from "@/kernel/guards/classify.ts";
import { mapMemory } from "@/kernel/guards/memory.ts";
import { runGuards } from "@/kernel/guards/pipeline.ts";
import {
  asText,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
} from "@/kernel/json/value.ts";
import { compilePolicy } from "@/kernel/policy/compile.ts";
import { loadPolicy } from "@/kernel/policy/load.ts";
import { err, type Result } from "@/kernel/result.ts";
import { vectorsDirectory } from "@/kernel/testing/vectors.ts";
import { readPolicyText } from "@/lib/policy/read-policy.ts";
import { compileRe2 } from "@/lib/regex/re2.ts";

const directory = vectorsDirectory();

function filesOf(folder: string): readonly string[] {
  const path = join(directory ?? "", "policies", folder);
  return directory !== null && existsSync(path)
    ? readdirSync(path).filter((name) => /\.(?:ya?ml|json)$/.test(name))
    : [];
}

function read(folder: string, name: string): JsonValue {
  const path = join(directory ?? "", "policies", folder, name);
  const value = readPolicyText(readFileSync(path, "utf8"));
  if (!value.ok) {
    throw new Error(`${name}:${value.error.line}: ${value.error.problem}`);
  }
  return value.value;
}

/** A policy beside the one that extends it. */
function resolve(name: string): Result<JsonValue, string> {
  return filesOf("examples").includes(name)
    ? { ok: true, value: read("examples", name) }
    : err("there is no such file");
}

const at = (value: JsonValue | undefined, ...way: readonly string[]): JsonValue | undefined =>
  way.reduce<JsonValue | undefined>(
    (found, name) => (isObject(found) ? member(found, name) : undefined),
    value,
  );

const isOn = (section: JsonValue | undefined, byDefault = true): boolean =>
  isObject(section) && (member(section, "enabled") ?? byDefault) === true;

const texts = (value: JsonValue | undefined): readonly string[] =>
  isArray(value) ? value.map((element) => asText(element) ?? "") : [];

/** Rules and extensions that name a guard which this kernel has, by the reference (section 7.3). */
const ENFORCED_RULES = [
  "forbidden_paths",
  "path_allowlist",
  "egress",
  "secret_patterns",
  "patch_integrity",
  "shell_commands",
  "tool_access",
  "velocity",
  "human_in_loop",
];

function unenforced(document: JsonValue): readonly string[] {
  const on = (part: string, known: readonly string[]) =>
    Object.entries(at(document, part) ?? {})
      .filter(([name, section]) => !known.includes(name) && isOn(section))
      .map(([name]) => `/${part}/${name}`);
  const access = [
    "prefer_runtime_assurance_tier",
    "require_workload_identity",
    "prefer_workload_identity",
  ]
    .filter((name) => at(document, "rules", "tool_access", name) !== undefined)
    .map((name) => `/rules/tool_access/${name}`);
  return [...on("rules", ENFORCED_RULES), ...on("extensions", []), ...access].sort();
}

const hushSpecs = filesOf("examples").filter(
  (name) => at(read("examples", name), "hushspec") !== undefined,
);
const others = filesOf("examples").filter((name) => !hushSpecs.includes(name));

describe.skipIf(hushSpecs.length === 0)("HushSpec examples (vectors)", () => {
  it.each(hushSpecs)("%s compiles to its rules, or is refused for what is not enforced", (name) => {
    const document = read("examples", name);
    const policy = compilePolicy(document, { resolve });
    const refused = unenforced(document);
    if (refused.length > 0) {
      const problems = policy.ok ? [] : policy.error;
      expect(problems.map(({ pointer }) => pointer).sort()).toEqual(refused);
      expect(new Set(problems.map(({ kind }) => kind))).toEqual(new Set(["unenforceable"]));
      return;
    }
    if (!policy.ok) {
      throw new Error(JSON.stringify(policy.error));
    }
    const loaded = loadPolicy(policy.value, compileRe2, purePrimitives);
    expect(loaded).toMatchObject({
      ok: true,
      value: { hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    const { guards, output, defaultScope } = policy.value;
    const rules = at(document, "rules");
    expect({
      forbidden_paths: guards.forbiddenPath !== null,
      path_allowlist: guards.pathAllowlist !== null,
      egress: guards.egressAllowlist !== null && guards.internalNetwork !== null,
      secret_patterns: guards.secretLeak !== null && output !== null,
      patch_integrity: guards.patchIntegrity !== null,
      tool_access: guards.mcpTool !== null,
    }).toEqual({
      forbidden_paths: isOn(at(rules, "forbidden_paths")),
      path_allowlist: isOn(at(rules, "path_allowlist"), false),
      egress: isOn(at(rules, "egress")),
      secret_patterns: isOn(at(rules, "secret_patterns")),
      patch_integrity: isOn(at(rules, "patch_integrity")),
      tool_access: isOn(at(rules, "tool_access")),
    });
    const exceptions = texts(at(rules, "forbidden_paths", "exceptions"));
    expect(guards.forbiddenPath?.exceptions ?? exceptions).toEqual(exceptions);
    if (isOn(at(rules, "tool_access")) && at(rules, "tool_access", "default") === "block") {
      const grants = at(defaultScope, "grants");
      const tools = isArray(grants) ? grants.map((grant) => at(grant, "tool_name")) : null;
      expect(tools).toEqual(texts(at(rules, "tool_access", "allow")));
      const limit = at(rules, "tool_access", "max_args_size");
      const limits = isArray(grants) ? grants.map((grant) => at(grant, "constraints")) : [];
      expect(
        limits.every((constraints) => (constraints === undefined) === (limit === undefined)),
      ).toBe(true);
    }
  });

  it.each(hushSpecs.filter((name) => at(read("examples", name), "extends") !== undefined))(
    "%s takes on the rules of the policy that it extends",
    (name) => {
      const document = read("examples", name);
      const base = resolve(asText(at(document, "extends")) ?? "");
      const policy = compilePolicy(document, { resolve });
      expect(policy.ok && base.ok).toBe(true);
      const inherited = base.ok && isOn(at(base.value, "rules", "shell_commands"));
      expect(policy.ok && policy.value.guards.shellCommand !== null).toBe(inherited);
      expect(compilePolicy(document)).toMatchObject({ ok: false, error: [{ kind: "unresolved" }] });
    },
  );
});

describe.skipIf(others.length === 0)("other examples (vectors)", () => {
  it.each(others)("%s is chio.yaml, or each of its unknown members is refused", (name) => {
    const document = read("examples", name);
    const policy = compilePolicy(document);
    const known = ["kernel", "guards", "capabilities", "rewrites", "output"];
    const unknown = Object.keys(document ?? {}).filter((top) => !known.includes(top));
    const refused = policy.ok ? [] : policy.error.filter(({ kind }) => kind === "unknown-key");
    expect(refused.map(({ pointer }) => pointer)).toEqual(unknown.map((top) => `/${top}`));
  });
});

interface GateCase {
  readonly name: string;
  readonly request: JsonObject;
  readonly expected: JsonValue | undefined;
}

function gateCases(): readonly GateCase[] {
  const name = "tool-gate.yaml";
  const cases = filesOf("guard-fixtures").includes(name) ? read("guard-fixtures", name) : [];
  return (isArray(cases) ? cases : []).flatMap((entry) => {
    const request = at(entry, "request");
    return isObject(request)
      ? [
          {
            name: asText(at(entry, "name")) ?? "",
            request,
            expected: at(entry, "expected_verdict"),
          },
        ]
      : [];
  });
}

/** The deny list that the fixture's heading describes, as a policy of ours. */
const GATE = "guards:\n  tool_access:\n    block: [dangerous_tool, rm_rf, drop_database]\n";

describe.skipIf(gateCases().length === 0)("the tool gate of the guard fixtures (vectors)", () => {
  const document = readPolicyText(GATE);
  const policy = document.ok ? compilePolicy(document.value) : document;
  const loaded = policy.ok ? loadPolicy(policy.value, compileRe2, purePrimitives) : policy;

  it.each(gateCases())("$name", ({ request, expected }) => {
    if (!loaded.ok) {
      throw new Error("the policy does not load");
    }
    const toolName = asText(at(request, "tool_name")) ?? "";
    const callArguments = at(request, "arguments") ?? {};
    const outcome = runGuards(
      loaded.value.guards.filter(({ name }) => name === "mcp-tool"),
      {
        call: {
          requestId: "r",
          agentId: asText(at(request, "agent_id")) ?? "",
          serverId: asText(at(request, "server_id")) ?? "",
          toolName,
          arguments: callArguments,
          boundary: "tool",
          sessionId: null,
          model: null,
          roots: null,
        },
        action: classifyAction(toolName, callArguments),
        capabilityId: "c",
        grant: null,
        now: 0n,
        memory: mapMemory(),
      },
    );
    expect(outcome.denial === null ? "allow" : "deny").toBe(expected);
  });
});

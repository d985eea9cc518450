import { resolvePointer } from "@/kernel/json/pointer.ts";
import { isArray, isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";

/** The default policy as a document: the built-in rules, written so that a change to one has a place. */
export const DEFAULT_POLICY_DOCUMENT: JsonObject = {
  guards: {
    forbidden_path: {},
    shell_command: {},
    egress_allowlist: {},
    tool_access: {},
    secret_patterns: {},
    patch_integrity: {},
    velocity: {},
    agent_velocity: {},
    internal_network: {},
    data_flow: {},
  },
};

interface Section {
  readonly name: string;
  /** Members of the section by what they hold. */
  readonly members: Readonly<Record<string, string>>;
}

type Sections = Readonly<Record<string, Section>>;

function section(name: string, members: Readonly<Record<string, string>> = {}): Section {
  return { name, members };
}

const CHIO: Sections = {
  "forbidden-path": section("forbidden_path", { exceptions: "exceptions" }),
  "path-allowlist": section("path_allowlist", { read: "read", write: "write", patch: "patch" }),
  "shell-command": section("shell_command", { patterns: "forbidden_patterns" }),
  "egress-allowlist": section("egress_allowlist", {
    allow: "allowed_domains",
    block: "blocked_domains",
  }),
  "mcp-tool": section("tool_access", { allow: "allow", block: "block", size: "max_args_size" }),
  "secret-leak": section("secret_patterns", { skip: "skip_paths" }),
  "patch-integrity": section("patch_integrity", {
    additions: "max_additions",
    deletions: "max_deletions",
    patterns: "forbidden_patterns",
    balance: "require_balance",
  }),
  velocity: section("velocity", { spend: "max_spend_per_window" }),
  "agent-velocity": section("agent_velocity"),
  "internal-network": section("internal_network", { hosts: "extra_blocked_hosts" }),
  "data-flow": section("data_flow"),
};

/** Internal-network has no section of its own there: it comes with egress. */
const HUSH: Sections = {
  ...CHIO,
  "forbidden-path": section("forbidden_paths", { exceptions: "exceptions" }),
  "shell-command": section("shell_commands", { patterns: "forbidden_patterns" }),
  "egress-allowlist": section("egress", { allow: "allow", block: "block" }),
  "agent-velocity": section("velocity"),
  "internal-network": section("egress"),
};

/** Where a document says something about a guard. */
export interface PolicyPlace {
  /** Pointer of the guard's section. */
  readonly section: string;
  /** Pointer of one of its members; null where the form has none. */
  member(name: string): string | null;
  /** The list at a member, null where the document leaves it to the default. */
  list(name: string): readonly JsonValue[] | null;
}

export function policyPlace(document: JsonValue, guard: string): PolicyPlace | null {
  const hush = isObject(document) && member(document, "hushspec") !== undefined;
  const found = (hush ? HUSH : CHIO)[guard];
  if (found === undefined) {
    return null;
  }
  const base = `${hush ? "/rules" : "/guards"}/${found.name}`;
  const pointerOf = (name: string): string | null => {
    const spelled = found.members[name];
    return spelled === undefined ? null : `${base}/${spelled}`;
  };
  return {
    section: base,
    member: pointerOf,
    list(name) {
      const pointer = pointerOf(name);
      const value = pointer === null ? undefined : resolvePointer(document, pointer);
      return isArray(value) && value.length > 0 ? value : null;
    },
  };
}

import { describe, expect, it } from "vitest";
import { defaultPolicy, NO_GUARDS } from "../policy/defaults.ts";
import { err, ok } from "../result.ts";
import { guardRequest } from "../testing/guard-requests.ts";
import { compileNative } from "../testing/native-regex.ts";
import type { GuardFactory } from "./guard.ts";
import { runGuards } from "./pipeline.ts";
import { GUARD_FACTORIES, makeGuards } from "./standard.ts";

const broken: GuardFactory = { name: "broken", make: () => err("no such rule") };
const office: GuardFactory = {
  name: "office-hours",
  make: () =>
    ok({
      name: "office-hours",
      check: ({ now }) =>
        now < 100n
          ? { verdict: "allow" }
          : { verdict: "deny", reason: "the office is closed", pointer: null },
    }),
};

describe("the standard guards", () => {
  it("run in one order", () => {
    expect(GUARD_FACTORIES.map(({ name }) => name)).toEqual([
      "forbidden-path",
      "path-allowlist",
      "shell-command",
      "egress-allowlist",
      "mcp-tool",
      "secret-leak",
      "patch-integrity",
      "velocity",
      "agent-velocity",
      "internal-network",
      "data-flow",
    ]);
  });

  it("carry the names of their factories", () => {
    for (const factory of GUARD_FACTORIES) {
      const made = factory.make(defaultPolicy().guards, compileNative);
      expect(made.ok && (made.value === null || made.value.name === factory.name)).toBe(true);
    }
  });

  it("are those that the policy turns on; the roots of sessions always are", () => {
    const names = (config: typeof NO_GUARDS) => {
      const made = makeGuards(config, compileNative);
      return made.ok ? made.value.map(({ name }) => name) : [];
    };
    expect(names(NO_GUARDS)).toEqual(["path-allowlist"]);
    const { mcpTool, shellCommand } = defaultPolicy().guards;
    expect(names({ ...NO_GUARDS, mcpTool, shellCommand })).toEqual([
      "path-allowlist",
      "shell-command",
      "mcp-tool",
    ]);
  });

  it("are refused with every problem, each under its guard", () => {
    const config = {
      ...NO_GUARDS,
      forbiddenPath: { patterns: ["["], exceptions: [] },
      shellCommand: { forbiddenPatterns: ["("] },
    };
    expect(makeGuards(config, compileNative, [...GUARD_FACTORIES, broken])).toEqual({
      ok: false,
      error: [
        { guard: "forbidden-path", problem: 'the pattern "[" is no glob' },
        {
          guard: "shell-command",
          problem: 'the pattern "(" is refused: not a regular expression',
        },
        { guard: "broken", problem: "no such rule" },
      ],
    });
  });

  it("take one of your own with one line", () => {
    const made = makeGuards(defaultPolicy().guards, compileNative, [...GUARD_FACTORIES, office]);
    const guards = made.ok ? made.value : [];
    const open = runGuards(guards, guardRequest("note", { text: "x" }, { now: 99n }));
    expect(open.denial).toBeNull();
    expect(open.rows.at(-1)).toEqual({ guard: "office-hours", verdict: true, details: null });
    const closed = runGuards(guards, guardRequest("note", { text: "x" }, { now: 100n }));
    expect(closed.denial).toMatchObject({ guard: "office-hours", code: "guard-denied" });
  });
});

import type { ForbiddenPathConfig } from "../policy/effective-policy.ts";
import { ok, type Result } from "../result.ts";
import type { MalformedAction } from "./action.ts";
import type { Guard, GuardAnswer, GuardFactory, GuardRequest } from "./guard.ts";
import { type PathCandidate, pathCandidates } from "./path-candidates.ts";
import { compilePathPatterns, type PathPatterns, withDirectories } from "./path-patterns.ts";
import { fromRoot, isAbsolutePath, type PathForm, pathForms } from "./paths.ts";
import { shellPaths } from "./shell-paths.ts";

const UNIX = [
  "**/.ssh/**",
  "**/id_rsa*",
  "**/id_ed25519*",
  "**/id_ecdsa*",
  "**/.aws/**",
  "**/.env",
  "**/.env.*",
  "**/.git-credentials",
  "**/.gitconfig",
  "**/.gnupg/**",
  "**/.kube/**",
  "**/.docker/**",
  "**/.npmrc",
  "**/.password-store/**",
  "**/pass/**",
  "**/.1password/**",
  "/etc/shadow",
  "/etc/passwd",
  "/etc/sudoers",
];

const WINDOWS = [
  "**/AppData/Roaming/Microsoft/Credentials/**",
  "**/AppData/Local/Microsoft/Credentials/**",
  "**/AppData/Roaming/Microsoft/Vault/**",
  "**/NTUSER.DAT",
  "**/NTUSER.DAT.*",
  "**/Windows/System32/config/SAM",
  "**/Windows/System32/config/SECURITY",
  "**/Windows/System32/config/SYSTEM",
  "**/*.reg",
  "**/AppData/Roaming/Microsoft/SystemCertificates/**",
  "**/WindowsPowerShell/profile.ps1",
  "**/PowerShell/profile.ps1",
];

export const DEFAULT_FORBIDDEN_PATH: ForbiddenPathConfig = {
  patterns: [...UNIX, ...WINDOWS],
  exceptions: [],
};

/** What a text that may be a path is judged by. */
export interface ForbiddenPaths {
  /** Whether any form of the path is forbidden and not every form is excepted. */
  forbids(candidate: Pick<PathCandidate, "text" | "sure">): boolean;
}

/**
 * Compiles the lists. An exception counts only where every form of the path satisfies one: a spelling cannot
 * borrow the exception of another.
 */
export function compileForbiddenPaths(config: ForbiddenPathConfig): Result<ForbiddenPaths, string> {
  const names = compilePathPatterns(config.patterns);
  const all = compilePathPatterns(withDirectories(config.patterns));
  const exceptions = compilePathPatterns(config.exceptions);
  if (!names.ok) {
    return names;
  }
  if (!all.ok) {
    return all;
  }
  return exceptions.ok
    ? ok({ forbids: (path) => forbids(path, names.value, all.value, exceptions.value) })
    : exceptions;
}

/**
 * Keeps every tool away from files that hold secrets (kernel semantics 2.4): file tools by their path, a shell
 * by the paths in its command, every other tool by whatever in its arguments reads like a path.
 */
export const forbiddenPath: GuardFactory = {
  name: "forbidden-path",
  make: ({ forbiddenPath: config }) => {
    if (config === null) {
      return ok(null);
    }
    const compiled = compileForbiddenPaths(config);
    return compiled.ok ? ok(guardOf(compiled.value)) : compiled;
  },
};

function guardOf(paths: ForbiddenPaths): Guard {
  return { name: "forbidden-path", check: (request) => check(request, paths) };
}

function check({ action, call }: GuardRequest, paths: ForbiddenPaths): GuardAnswer {
  if (action.kind === "malformed" && isConcerned(action.family)) {
    return deny(
      `the argument of a ${action.family} call is not ${action.expected}`,
      action.pointer,
    );
  }
  if (action.kind === "shell") {
    const path = shellPaths(action.command.text).find((one) => paths.forbids(one));
    if (path !== undefined) {
      return deny(`the command names the forbidden path ${path.text}`, action.command.pointer);
    }
  }
  const found = pathCandidates(action, call.arguments).find((one) => paths.forbids(one));
  return found === undefined
    ? { verdict: "allow" }
    : deny(`the path ${found.text} is forbidden`, found.pointer);
}

/** The shell and the network have guards of their own for what cannot be read. */
function isConcerned(family: MalformedAction["family"]): boolean {
  return family !== "shell" && family !== "egress";
}

function forbids(
  { text, sure }: Pick<PathCandidate, "text" | "sure">,
  names: PathPatterns,
  all: PathPatterns,
  exceptions: PathPatterns,
): boolean {
  const forms = pathForms(text);
  if (forms === null) {
    return sure;
  }
  const patterns = sure || forms.some((form) => form.text.includes("/")) ? all : names;
  if (patterns === names && WHITE_SPACE.test(text)) {
    return false;
  }
  return (
    forms.some((form) => readings(form).some((reading) => patterns.matches(reading))) &&
    !forms.every((form) => exceptions.matches(form))
  );
}

/** A name has none; prose does. */
const WHITE_SPACE = /\s/;

/** Nobody here knows where a relative path starts: it may be at the root. */
function readings(form: PathForm): readonly PathForm[] {
  return isAbsolutePath(form.text) ? [form] : [form, { ...form, text: fromRoot(form.text) }];
}

function deny(reason: string, pointer: string): GuardAnswer {
  return { verdict: "deny", reason, pointer };
}

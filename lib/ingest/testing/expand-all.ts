import { createHash } from "node:crypto";
import initSqlite from "@sqlite.org/sqlite-wasm";
import { expandInputs } from "../expand.ts";
import type { ExpandedInput, ExpandPorts, SqliteModule } from "../expand-ports.ts";
import { planUnits } from "../plan.ts";
import { readUnit } from "../read-unit.ts";
import type { IngestFinding, Member } from "../record.ts";
import { bytesSource } from "../sources.ts";

let loading: Promise<SqliteModule> | null = null;

/** The real SQLite build, loaded once for a test file. */
export function loadSqlite(): Promise<SqliteModule> {
  loading ??= initSqlite();
  return loading;
}

export function sha256Hex(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export interface Expanded {
  readonly members: readonly Member[];
  readonly findings: readonly IngestFinding[];
  readonly inputs: readonly ExpandedInput[];
}

/** Expands files given by path and content, with the real hash and the real SQLite. */
export async function expandAll(
  files: Readonly<Record<string, Uint8Array>>,
  options: Partial<ExpandPorts> = {},
): Promise<Expanded> {
  const members: Member[] = [];
  const findings: IngestFinding[] = [];
  const inputs: ExpandedInput[] = [];
  const dropped = Object.entries(files).map(([path, bytes]) => ({
    path,
    source: bytesSource(bytes),
  }));
  const steps = expandInputs(dropped, {
    sha256Stream() {
      const hash = createHash("sha256");
      return { update: (bytes) => hash.update(bytes), digestHex: () => hash.digest("hex") };
    },
    sqlite: loadSqlite,
    ...options,
  });
  for await (const step of steps) {
    if (step.kind === "member") members.push(step.member);
    else if (step.kind === "hash") {
      const at = members.findIndex(({ id }) => id === step.member);
      const member = members[at];
      if (member !== undefined) members[at] = { ...member, sha256: step.sha256 };
    } else if (step.kind === "finding") findings.push(step.finding);
    else inputs.push(step);
  }
  return { members, findings, inputs };
}

export async function contentOf(member: Member | undefined): Promise<string> {
  if (member === undefined) return "no such member";
  return new TextDecoder().decode(await member.source.read(0, member.source.size));
}

/** The texts of a member's records, in order. */
export async function recordsOf(member: Member): Promise<(string | null)[]> {
  const texts: (string | null)[] = [];
  for (const unit of planUnits([member], 0)) {
    for await (const batch of readUnit(member.source, unit, member.bounds)) {
      texts.push(...batch.map((record) => record.text));
    }
  }
  return texts;
}

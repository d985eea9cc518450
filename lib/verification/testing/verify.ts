import type { TrustBundle } from "@/kernel/trust/trust-bundle.ts";
import { nodePlatform, nodeSha256Stream } from "@/lib/cli/node-platform.ts";
import { expandInputs } from "@/lib/ingest/expand.ts";
import { planUnits } from "@/lib/ingest/plan.ts";
import { readUnit } from "@/lib/ingest/read-unit.ts";
import type { Member, Unit } from "@/lib/ingest/record.ts";
import { bytesSource } from "@/lib/ingest/sources.ts";
import { loadSqlite } from "@/lib/ingest/testing/expand-all.ts";
import type { Conclusion } from "../conclude.ts";
import { Dataset } from "../dataset.ts";
import type { Platform } from "../platform.ts";
import type { Finding, VerificationReport } from "../report.ts";
import { type VerifiedUnit, verifyUnit } from "../verify-unit.ts";

export const PLATFORM: Platform = nodePlatform({ seed: 1 });

export interface RunOptions {
  readonly unitBytes?: number;
  /** The order in which units arrive, by index; as planned where absent. */
  readonly order?: (count: number) => readonly number[];
  readonly platform?: Platform;
  /** Sees each unit as a worker would send it, before the dataset takes it. */
  readonly onUnit?: (verified: VerifiedUnit, unit: Unit, path: string) => void;
}

/** Reads and checks files as the workers do, in this process, from bytes to a dataset. */
export async function read(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: RunOptions = {},
): Promise<Dataset> {
  const { platform = PLATFORM } = options;
  const dataset = new Dataset();
  const members: Member[] = [];
  const hashes = new Map<number, string>();
  const encoder = new TextEncoder();
  const inputs = Object.entries(files).map(([path, content]) => ({
    path,
    source: bytesSource(typeof content === "string" ? encoder.encode(content) : content),
  }));
  const ports = { sha256Stream: nodeSha256Stream, sqlite: loadSqlite };
  for await (const step of expandInputs(inputs, ports)) {
    if (step.kind === "member") {
      members.push(step.member);
    } else if (step.kind === "hash") {
      hashes.set(step.member, step.sha256);
    } else if (step.kind === "finding") {
      dataset.addIngestFinding(step.finding);
    } else {
      dataset.addInput({ ...step, path: inputs[step.input]?.path ?? "" });
    }
  }
  dataset.addMembers(
    members.map(({ source, bounds: _, ...info }) => ({ ...info, size: source.size })),
  );
  for (const [member, sha256] of hashes) {
    dataset.setHash(member, sha256);
  }
  const units = planUnits(members, 0, options.unitBytes);
  for (const index of options.order?.(units.length) ?? units.keys()) {
    const unit = units[index];
    const member = members.find(({ id }) => id === unit?.member);
    if (unit !== undefined && member !== undefined) {
      const records = readUnit(member.source, unit, member.bounds);
      const verified = await verifyUnit(unit, records, platform);
      options.onUnit?.(verified, unit, member.path);
      dataset.add(verified.result);
    }
  }
  return dataset;
}

/** From files to the conclusion. */
export async function verify(
  files: Readonly<Record<string, string | Uint8Array>>,
  trust: TrustBundle | null = null,
  options: RunOptions = {},
): Promise<Conclusion> {
  const dataset = await read(files, options);
  return dataset.conclude({ trust, platform: options.platform ?? PLATFORM, partial: false });
}

export async function report(
  files: Readonly<Record<string, string | Uint8Array>>,
  trust: TrustBundle | null = null,
  options: RunOptions = {},
): Promise<VerificationReport> {
  return (await verify(files, trust, options)).verdict.report;
}

/** Distinct codes, errors only where asked for. */
export function codesOf(
  { findings }: VerificationReport,
  severity: Finding["severity"] | "any" = "any",
): readonly string[] {
  const found = findings.filter((finding) => severity === "any" || finding.severity === severity);
  return [...new Set(found.map(({ code }) => code))].sort();
}

export function only(report: VerificationReport, code: string): Finding {
  const [finding, ...others] = report.findings.filter((found) => found.code === code);
  if (finding === undefined || others.length > 0) {
    throw new Error(`${others.length + (finding === undefined ? 0 : 1)} findings ${code}`);
  }
  return finding;
}

export function answers({ questions }: VerificationReport): string {
  const { authentic, unaltered, included, complete, consistent } = questions;
  return [authentic, unaltered, included, complete, consistent]
    .map(({ answer }) => answer)
    .join(" ");
}

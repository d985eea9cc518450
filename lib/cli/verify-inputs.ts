import type { TrustBundle } from "@/kernel/trust/trust-bundle.ts";
import { expandInputs } from "@/lib/ingest/expand.ts";
import type { ExportForm } from "@/lib/ingest/kafka/export-form.ts";
import { planUnits } from "@/lib/ingest/plan.ts";
import { readUnit } from "@/lib/ingest/read-unit.ts";
import type { InputFile, Member } from "@/lib/ingest/record.ts";
import type { Conclusion } from "@/lib/verification/conclude.ts";
import { Dataset } from "@/lib/verification/dataset.ts";
import type { Platform } from "@/lib/verification/platform.ts";
import { verifyUnit } from "@/lib/verification/verify-unit.ts";
import { nodeSha256Stream } from "./node-platform.ts";
import { loadSqlite } from "./node-sqlite.ts";

export interface VerifyOptions {
  readonly trust: TrustBundle | null;
  readonly platform: Platform;
  readonly onProgress?: (progress: CliProgress) => void;
  /** As what everything is read; the guess where absent. */
  readonly readAs?: ExportForm | undefined;
}

export interface CliProgress {
  readonly stage: "read" | "list" | "verify" | "prove" | "link";
  readonly done: number;
  readonly total: number;
}

/** Files as they were opened, before any record is read. */
export interface Expanded {
  readonly dataset: Dataset;
  readonly members: ReadonlyMap<number, Member>;
}

/** Everything that was read: what a command may ask once the verdict is there. */
export interface ReadInputs extends Expanded {
  readonly conclusion: Conclusion;
}

/**
 * Everything from bytes to verdict, in this process: the same ingest and verification as the page's
 * workers run, without threads. Throws only where reading a file does.
 */
export async function verifyInputs(
  inputs: readonly InputFile[],
  options: VerifyOptions,
): Promise<Conclusion> {
  return (await readInputs(inputs, options)).conclusion;
}

/** {@link verifyInputs}, with the dataset and the files that the verdict was reached on. */
export async function readInputs(
  inputs: readonly InputFile[],
  options: VerifyOptions,
): Promise<ReadInputs> {
  const { platform, trust, onProgress } = options;
  const { dataset, members } = await expandAll(inputs, onProgress, options.readAs);
  const units = planUnits([...members.values()], 0);
  const total = units.reduce((sum, unit) => sum + unit.end - unit.start, 0);
  let done = 0;
  for (const unit of units) {
    const member = members.get(unit.member);
    if (member === undefined) {
      throw new RangeError(`unit of the unknown member ${unit.member}`);
    }
    const records = readUnit(member.source, unit, member.bounds);
    dataset.add((await verifyUnit(unit, records, platform)).result);
    done += unit.end - unit.start;
    onProgress?.({ stage: "verify", done, total });
  }
  const conclusion = await dataset.conclude({
    trust,
    partial: false,
    platform,
    onProgress: (stage, doneNow, all) => onProgress?.({ stage, done: doneNow, total: all }),
  });
  return { dataset, members, conclusion };
}

/** Opens archives and stores down to the members that records are read from. */
export async function expandAll(
  inputs: readonly InputFile[],
  onProgress: VerifyOptions["onProgress"],
  readAs?: ExportForm,
): Promise<Expanded> {
  const dataset = new Dataset();
  const members = new Map<number, Member>();
  const expansion = expandInputs(inputs, {
    sha256Stream: nodeSha256Stream,
    sqlite: loadSqlite,
    readAs: () => readAs,
    onProgress: (done: number, total: number) => onProgress?.({ stage: "read", done, total }),
  });
  for await (const found of expansion) {
    switch (found.kind) {
      case "input":
        dataset.addInput({ ...found, path: inputs[found.input]?.path ?? "" });
        break;
      case "member": {
        const { source, bounds: _, ...info } = found.member;
        members.set(found.member.id, found.member);
        dataset.addMembers([{ ...info, size: source.size }]);
        break;
      }
      case "hash":
        dataset.setHash(found.member, found.sha256);
        break;
      case "finding":
        dataset.addIngestFinding(found.finding);
        break;
    }
  }
  return { dataset, members };
}

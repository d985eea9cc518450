import type { TrustBundle } from "@/kernel/trust/trust-bundle.ts";
import { expandInputs } from "@/lib/ingest/expand.ts";
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
}

export interface CliProgress {
  readonly stage: "read" | "verify" | "prove" | "link";
  readonly done: number;
  readonly total: number;
}

/**
 * Everything from bytes to verdict, in this process: the same ingest and verification as the page's
 * workers run, without threads. Throws only where reading a file does.
 */
export async function verifyInputs(
  inputs: readonly InputFile[],
  options: VerifyOptions,
): Promise<Conclusion> {
  const { platform, trust, onProgress } = options;
  const dataset = new Dataset();
  const members: Member[] = [];
  const expansion = expandInputs(inputs, {
    sha256Stream: nodeSha256Stream,
    sqlite: loadSqlite,
    onProgress: (done: number, total: number) => onProgress?.({ stage: "read", done, total }),
  });
  for await (const found of expansion) {
    switch (found.kind) {
      case "input":
        dataset.addInput({ ...found, path: inputs[found.input]?.path ?? "" });
        break;
      case "member": {
        const { source, bounds: _, ...info } = found.member;
        members.push(found.member);
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
  const byId = new Map(members.map((member) => [member.id, member]));
  const units = planUnits(members, 0);
  const total = units.reduce((sum, unit) => sum + unit.end - unit.start, 0);
  let done = 0;
  for (const unit of units) {
    const member = byId.get(unit.member);
    if (member === undefined) {
      throw new RangeError(`unit of the unknown member ${unit.member}`);
    }
    const records = readUnit(member.source, unit, member.bounds);
    dataset.add((await verifyUnit(unit, records, platform)).result);
    done += unit.end - unit.start;
    onProgress?.({ stage: "verify", done, total });
  }
  return dataset.conclude({
    trust,
    partial: false,
    platform,
    onProgress: (stage, doneNow, all) => onProgress?.({ stage, done: doneNow, total: all }),
  });
}

import type { SampleName } from "@/lib/session/model.ts";
import { choreographySample } from "./choreography/sample.ts";
import { type EvidenceFolder, evidenceFolder } from "./evidence.ts";
import { DEMO_START, demoKernelA, demoKernelB, type LogOptions } from "./log.ts";
import { linesOf } from "./manifest.ts";
import type { DemoPorts } from "./ports.ts";
import { CHARGE } from "./script.ts";
import { stormSample } from "./storm/sample.ts";
import { editReceipt, removeCheckpoint, restamp } from "./tamper.ts";
import { trustText } from "./trust.ts";

export interface DemoFile {
  readonly path: string;
  readonly text: string;
}

/** What one click opens; what one should see is said in `lib/display/samples.ts`. `trust` is a drop of its own: beside evidence it would only be offered. */
export interface Sample {
  readonly name: SampleName;
  readonly files: readonly DemoFile[];
  readonly trust: DemoFile;
}

const fullLog = (): LogOptions => ({
  receipts: 3800,
  seed: 20_260_415,
  batch: 100,
  form: "v1",
  statement: 2,
  signers: [
    { from: 1, key: demoKernelA() },
    { from: 2101, key: demoKernelB() },
  ],
});

const forkedLog = (): LogOptions => ({
  ...fullLog(),
  receipts: 2200,
  signers: [{ from: 1, key: demoKernelA() }],
});

const CHANGED_SEED = 20_260_416;

/** Receipt 803 as it stands in a line, before and after somebody moved the decimal point. */
export const EDIT = {
  seq: CHARGE.seq,
  from: `"amount":"${CHARGE.amount}"`,
  to: `"amount":"${CHARGE.changedTo}"`,
} as const;

/** The sample of that name: the same bytes on every machine. */
export async function buildSample(name: SampleName, ports: DemoPorts): Promise<Sample> {
  const trust = { path: "chio-trust.json", text: demoTrust() };
  switch (name) {
    case "clean":
      return {
        name,
        trust,
        files: filesOf("evidence-clean", await evidenceFolder(fullLog(), ports)),
      };
    case "changed": {
      const original = await evidenceFolder(fullLog(), ports);
      const changed = restamp(editReceipt(original, EDIT.seq, EDIT.from, EDIT.to), ports);
      const copy = linesOf(original.get("receipts.ndjson")).slice(500, 1499);
      return {
        name,
        trust,
        files: [
          ...filesOf("evidence-changed", changed),
          { path: "export-B.ndjson", text: copy.map((line) => `${line}\n`).join("") },
        ],
      };
    }
    case "removed-checkpoint": {
      const folder = removeCheckpoint(await evidenceFolder(fullLog(), ports), 17);
      return {
        name,
        trust,
        files: filesOf("evidence-removed", restamp(folder, ports)),
      };
    }
    case "forked": {
      const ours = await evidenceFolder(forkedLog(), ports);
      const divergence = { from: 2101, seed: CHANGED_SEED };
      const theirs = await evidenceFolder({ ...forkedLog(), divergence }, ports);
      return {
        name,
        trust,
        files: [...filesOf("evidence-monday", ours), ...filesOf("evidence-tuesday", theirs)],
      };
    }
    case "choreography": {
      const { evidence, records, statements } = await choreographySample(ports);
      return {
        name,
        trust,
        files: [
          ...filesOf("evidence-choreography", evidence),
          { path: "records.ndjson", text: records },
          { path: "lineage-statements.ndjson", text: statements },
        ],
      };
    }
    case "storm": {
      const made = await stormSample(ports);
      return { name, files: made.files, trust: { ...trust, text: made.trust } };
    }
  }
}

/** Both demo kernels, each as kernel and as checkpoint signer, for the day of the samples. */
export function demoTrust(): string {
  const day = 24 * 60 * 60;
  return trustText([
    { key: demoKernelA(), from: DEMO_START - day, until: DEMO_START + day },
    { key: demoKernelB(), from: DEMO_START, until: DEMO_START + 2 * day },
  ]);
}

export function filesOf(folder: string, files: EvidenceFolder): DemoFile[] {
  return [...files].map(([path, text]) => ({ path: `${folder}/${path}`, text }));
}

import type { ExportForm } from "@/lib/ingest/kafka/export-form.ts";
import type { DemoPorts } from "../ports.ts";
import type { DemoFile } from "../samples.ts";
import type { WalkthroughTruth } from "./model.ts";
import { type WalkthroughOptions, walkthrough, walkthroughTrust } from "./walkthrough.ts";
import { type ExportChunk, ExportStream } from "./write-export.ts";

/** The tools that dumped the topic: each some of its partitions. */
const DUMPED_BY: readonly ExportForm[] = ["rpk", "kcat-json", "chio-lossless"];

export type DayPart = ExportChunk | { readonly truth: WalkthroughTruth };

/** The day as text that is appended to files, and at the end its truth. */
export async function* walkthroughFiles(
  options: WalkthroughOptions,
  ports: DemoPorts,
): AsyncGenerator<DayPart> {
  const dumps = DUMPED_BY.map((form) => new ExportStream(form));
  for await (const part of walkthrough(options, ports)) {
    switch (part.kind) {
      case "text":
        yield { path: part.path, text: part.text };
        break;
      case "letters":
        for (const [index, dump] of dumps.entries()) {
          yield* dump.write(
            part.letters.filter(({ partition }) => (partition ?? 0) % dumps.length === index),
          );
        }
        break;
      case "truth":
        for (const dump of dumps) {
          yield* dump.end();
        }
        yield { truth: part.truth };
    }
  }
}

/** What one click opens: a small day of the same proportions. */
export const SAMPLE_SCALE = 0.06;

export async function stormSample(ports: DemoPorts): Promise<{
  readonly files: readonly DemoFile[];
  readonly trust: string;
  readonly truth: WalkthroughTruth;
}> {
  const texts = new Map<string, string[]>();
  let truth: WalkthroughTruth | null = null;
  for await (const part of walkthroughFiles({ scale: SAMPLE_SCALE }, ports)) {
    if ("truth" in part) {
      truth = part.truth;
    } else {
      const parts = texts.get(part.path) ?? [];
      texts.set(part.path, parts);
      parts.push(part.text);
    }
  }
  if (truth === null) {
    throw new RangeError("a day ends with its truth");
  }
  const files = [...texts].map(([path, parts]) => ({ path, text: parts.join("") }));
  return { files, trust: walkthroughTrust(), truth };
}

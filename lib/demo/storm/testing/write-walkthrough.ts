import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { finished } from "node:stream/promises";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { webSign } from "../../web-sign.ts";
import type { WalkthroughTruth } from "../model.ts";
import { walkthroughFiles } from "../sample.ts";
import { grantedCapability, type WalkthroughOptions, walkthroughTrust } from "../walkthrough.ts";

/** Where the parts of the analyst's case were written. */
export interface WrittenWalkthrough {
  /** The log, the capabilities and the dumps of the topic, to be dropped together. */
  readonly evidence: readonly string[];
  /** To be dropped on its own. */
  readonly trust: string;
  /** The research group's capability with the topic granted. */
  readonly granted: string;
  readonly truth: WalkthroughTruth;
}

/**
 * Writes the analyst's case into a folder, which is made: log, capabilities, dumps of the dead letter topic,
 * `chio-trust.json`, `granted-capability.json` and `truth.json`. At scale 1 some 15 s and 300 MB.
 */
export async function writeWalkthrough(
  folder: string,
  options: WalkthroughOptions = {},
): Promise<WrittenWalkthrough> {
  const ports = { primitives: nodePlatform().primitives, sign: await webSign() };
  const streams = new Map<string, WriteStream>();
  let truth: WalkthroughTruth | null = null;
  for await (const part of walkthroughFiles(options, ports)) {
    if ("truth" in part) {
      truth = part.truth;
      continue;
    }
    const path = join(folder, part.path);
    let stream = streams.get(path);
    if (stream === undefined) {
      await mkdir(dirname(path), { recursive: true });
      stream = createWriteStream(path);
      streams.set(path, stream);
    }
    if (!stream.write(part.text)) {
      await once(stream, "drain");
    }
  }
  for (const stream of streams.values()) {
    stream.end();
    await finished(stream);
  }
  if (truth === null) {
    throw new RangeError("a day ends with its truth");
  }
  const trust = join(folder, "chio-trust.json");
  const granted = join(folder, "granted-capability.json");
  await writeFile(trust, walkthroughTrust());
  await writeFile(granted, grantedCapability());
  await writeFile(join(folder, "truth.json"), `${JSON.stringify(truth, null, 2)}\n`);
  return { evidence: [...streams.keys()], trust, granted, truth };
}

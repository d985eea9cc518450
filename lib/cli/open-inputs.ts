import { err, ok, type Result } from "@/kernel/result.ts";
import type { TrustBundle } from "@/kernel/trust/trust-bundle.ts";
import type { ExportForm } from "@/lib/ingest/kafka/export-form.ts";
import type { InputFile } from "@/lib/ingest/record.ts";
import type { Platform } from "@/lib/verification/platform.ts";
import { FileChanged } from "@/lib/verification/read-again.ts";
import { nodePlatform } from "./node-platform.ts";
import { nodeInputs } from "./node-sources.ts";
import { progressLine } from "./progress.ts";
import { readTrust } from "./read-trust.ts";
import { safeText } from "./safe-text.ts";
import type { Surroundings } from "./surroundings.ts";
import { type ReadInputs, readInputs, type VerifyOptions } from "./verify-inputs.ts";

/** What a command line names: files, folders and stores to read, keys to pin. */
export interface NamedInputs {
  readonly paths: readonly string[];
  readonly trust: string | null;
  /** As what exported records are read; the guess where absent. */
  readonly readAs?: ExportForm | null;
}

/** What was read, and by what it was verified. */
export interface Verified extends ReadInputs {
  readonly platform: Platform;
}

/** Reads and verifies what a command line names. `command` is the name under which it complains. */
export async function verifyNamed(
  command: string,
  { paths, trust, readAs }: NamedInputs,
  around: Surroundings,
): Promise<Result<Verified, string>> {
  const platform = nodePlatform();
  let pinned: TrustBundle | null = null;
  if (trust !== null) {
    const read = await readTrust(trust, around.cwd, platform.primitives);
    if (!read.ok) {
      return read;
    }
    pinned = read.value;
  }
  const read = await withInputs(command, paths, around, (inputs, onProgress) =>
    readInputs(inputs, { trust: pinned, platform, onProgress, readAs: readAs ?? undefined }),
  );
  return read.ok ? ok({ ...read.value, platform }) : read;
}

/**
 * Opens what the paths name, says on standard error what is left out, and shows the progress of `use`. The
 * error is a sentence for the person who typed the paths; a bug is thrown.
 */
export async function withInputs<T>(
  command: string,
  paths: readonly string[],
  around: Surroundings,
  use: (
    inputs: readonly InputFile[],
    onProgress: NonNullable<VerifyOptions["onProgress"]>,
  ) => Promise<T>,
): Promise<Result<T, string>> {
  const found = await nodeInputs(paths, around);
  if (!found.ok) {
    return found;
  }
  for (const skipped of found.value.skipped) {
    around.complain.write(
      `${command}: not read (a link or a device): ${safeText(skipped, 1000)}\n`,
    );
  }
  const progress = progressLine(around.complain);
  try {
    return await whileReading(async () => ok(await use(found.value.inputs, progress.show)));
  } finally {
    progress.clear();
  }
}

/** A file that went away, changed or may not be read is the caller's matter; anything else is a bug of ours. */
export async function whileReading<T>(
  work: () => Promise<Result<T, string>>,
): Promise<Result<T, string>> {
  try {
    return await work();
  } catch (problem) {
    if (problem instanceof FileChanged || (problem instanceof Error && "syscall" in problem)) {
      return err(problem.message);
    }
    throw problem;
  }
}

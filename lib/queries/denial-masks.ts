import { applyMasks } from "@/lib/database/denial-masks.ts";
import type { MaskName } from "@/lib/denials/mask.ts";
import { currentSession } from "@/lib/session/current.ts";

/**
 * Makes these masks the ones by which denials form patterns; afterwards filters must name another
 * {@link DenialFilter.masks}, so that answers are asked again. To be called anew when rows were added.
 *
 * @throws the signal's reason, or what the database throws
 */
export async function chooseMasks(
  masks: ReadonlySet<MaskName>,
  signal: AbortSignal,
  onProgress: (done: number, all: number) => void,
): Promise<void> {
  await applyMasks(await currentSession().database(), masks, signal, onProgress);
}

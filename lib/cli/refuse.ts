import { EXIT } from "./exit.ts";
import { safeText } from "./safe-text.ts";
import type { Surroundings } from "./surroundings.ts";

/** Says on standard error why a command cannot do what it was asked, and gives the exit code for that. */
export function refuse(command: string, sentence: string, around: Surroundings): number {
  around.complain.write(`${command}: ${safeText(sentence, 1000)}\n`);
  return EXIT.unusable;
}

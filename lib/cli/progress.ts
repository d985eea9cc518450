import type { Sink } from "./surroundings.ts";
import type { CliProgress } from "./verify-inputs.ts";

const WORDS = {
  read: "Reading",
  list: "Listing",
  verify: "Verifying",
  prove: "Proving",
  link: "Linking",
} as const;

/** One line that is written over and over, on a terminal only: a log file gets none of it. */
export function progressLine(sink: Sink): { show(progress: CliProgress): void; clear(): void } {
  if (sink.isTTY !== true) {
    return { show: () => undefined, clear: () => undefined };
  }
  let shown = "";
  const write = (text: string): void => {
    if (text !== shown) {
      shown = text;
      sink.write(`\r\u001b[K${text}`);
    }
  };
  return {
    show: ({ stage, done, total }) => {
      const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
      write(`${WORDS[stage]} ${percent} %`);
    },
    clear: () => write(""),
  };
}

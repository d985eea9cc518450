import { makeLog } from "@/lib/demo/make-log.ts";
import type { DemoPorts } from "@/lib/demo/ports.ts";
import { buildSample } from "@/lib/demo/samples.ts";
import { webSign } from "@/lib/demo/web-sign.ts";
import type { Platform } from "@/lib/verification/platform.ts";
import type { EnginePorts } from "./engine-ports.ts";

/** Characters that are gathered before they become part of a Blob, which the browser keeps. */
const PART = 4 * 1024 * 1024;

/** Demo data, made in this thread by the project's own signer, as drops like any other. */
export function demoDrops({ primitives }: Platform): Pick<EnginePorts, "sample" | "makeLog"> {
  const ports = async (): Promise<DemoPorts> => ({ primitives, sign: await webSign() });
  return {
    async sample(name) {
      const { files, trust } = await buildSample(name, await ports());
      const asBlobs = (all: readonly { path: string; text: string }[]) =>
        all.map(({ path, text }) => ({ path, file: new Blob([text]) }));
      return [asBlobs(files), asBlobs([trust])];
    },
    async makeLog(receipts, onProgress, signal) {
      const files = new Map<string, { parts: Blob[]; waiting: string[]; length: number }>();
      for await (const { path, text, done } of makeLog(receipts, await ports())) {
        signal.throwIfAborted();
        const file = files.get(path) ?? { parts: [], waiting: [], length: 0 };
        files.set(path, file);
        file.waiting.push(text);
        file.length += text.length;
        if (file.length >= PART) {
          file.parts.push(new Blob(file.waiting));
          file.waiting = [];
          file.length = 0;
        }
        onProgress(done);
      }
      return [...files].map(([path, { parts, waiting }]) => ({
        path,
        file: new Blob([...parts, ...waiting]),
      }));
    },
  };
}

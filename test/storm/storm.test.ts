import { describe, expect, test } from "vitest";
import { parseJson } from "@/kernel/json/parse.ts";
import { type TrustBundle, trustBundle } from "@/kernel/trust/trust-bundle.ts";
import { parseTrustFile } from "@/kernel/trust/trust-file.ts";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import type { StormRecord } from "@/lib/demo/storm/model.ts";
import { Storm } from "@/lib/demo/storm/storm.ts";
import { claimLetters, signedStorm } from "@/lib/demo/storm/storm-files.ts";
import { callColumns } from "@/lib/demo/storm/testing/call-columns.ts";
import { expectTruth } from "@/lib/demo/storm/testing/expect-truth.ts";
import { walkthroughTrust } from "@/lib/demo/storm/walkthrough.ts";
import { ExportStream } from "@/lib/demo/storm/write-export.ts";
import { webSign } from "@/lib/demo/web-sign.ts";
import { expectDatabase, load } from "./load.ts";

const { primitives } = nodePlatform();
const ROWS = 50_000;
/** Of one test: the machine may be shared. */
const PATIENCE = 300_000;

/** Texts of files as they grow. */
class Gathered {
  readonly #texts = new Map<string, string[]>();

  add(path: string, text: string): void {
    const texts = this.#texts.get(path) ?? [];
    this.#texts.set(path, texts);
    texts.push(text);
  }

  export(stream: ExportStream, letters: readonly StormRecord[]): void {
    for (const { path, text } of stream.write(letters)) {
      this.add(path, text);
    }
  }

  files(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#texts].map(([path, texts]) => [path, texts.join("")]));
  }
}

describe("a storm's truth is found again, exactly", () => {
  test.each([
    [11, "kcat-json"],
    [12, "chio-lossless"],
  ] as const)(
    "of 50,000 claims, seed %i, exported as %s",
    async (seed, form) => {
      const storm = new Storm({ seed, rows: ROWS, mode: "claims" }, primitives);
      const gathered = new Gathered();
      gathered.export(new ExportStream(form), [...claimLetters(storm, primitives)]);
      const truth = storm.truth();
      expect(truth.deadLetters + truth.failures + truth.tombstones).toBe(ROWS);
      const { events, database } = await load(gathered.files(), null);
      expectTruth(events, truth, "everything");
      await expectDatabase(database, truth);
    },
    PATIENCE,
  );

  test(
    "of 50,000 dead letters with their signed log",
    async () => {
      const storm = new Storm({ seed: 13, rows: ROWS, mode: "signed" }, primitives);
      const gathered = new Gathered();
      const streams = [new ExportStream("kcat-json"), new ExportStream("chio-lossless")];
      for await (const part of signedStorm(storm, { primitives, sign: await webSign() })) {
        if (part.kind === "text") {
          gathered.add(part.path, part.text);
        } else {
          for (const [index, stream] of streams.entries()) {
            const half = part.letters.filter(({ partition }) => (partition ?? 0) % 2 === index);
            gathered.export(stream, half);
          }
        }
      }
      const truth = storm.truth();
      expect(truth.deadLetters + truth.failures + truth.tombstones).toBe(ROWS);
      const { events, database } = await load(gathered.files(), stormTrust());
      expectTruth(events, truth, "verified");
      await expectDatabase(database, truth);
    },
    PATIENCE,
  );

  test(
    "of a million rows, as columns",
    () => {
      const storm = new Storm({ seed: 14, rows: 1_000_000, mode: "claims" }, primitives);
      const columns = callColumns(storm);
      const truth = storm.truth();
      expect(truth.deadLetters + truth.failures + truth.tombstones).toBe(1_000_000);
      expectTruth(columns, truth, "everything");
    },
    PATIENCE,
  );
});

function stormTrust(): TrustBundle {
  const parsed = parseJson(walkthroughTrust());
  const pinned = parsed.ok ? parseTrustFile(parsed.value.value, primitives) : null;
  if (pinned === null || !pinned.ok) {
    throw new Error("the storm's trust file was refused");
  }
  return trustBundle(pinned.value);
}

import { describe, expect, test } from "vitest";
import { parseJson } from "@/kernel/json/parse.ts";
import { type TrustBundle, trustBundle } from "@/kernel/trust/trust-bundle.ts";
import { parseTrustFile } from "@/kernel/trust/trust-file.ts";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import type { DecisionEvents } from "@/lib/denials/model.ts";
import { decisionEvents } from "@/lib/verification/decision-events.ts";
import { PLATFORM, read } from "@/lib/verification/testing/verify.ts";
import { webSign } from "../web-sign.ts";
import type { StormRecord } from "./model.ts";
import { claimLetters, Storm, signedStorm } from "./storm.ts";
import { callColumns } from "./testing/call-columns.ts";
import { expectTruth } from "./testing/expect-truth.ts";
import { walkthroughTrust } from "./walkthrough.ts";
import { ExportStream } from "./write-export.ts";

const { primitives } = nodePlatform();
const ROWS = 50_000;

type Files = Record<string, string>;

async function eventsOf(files: Files, trust: TrustBundle | null): Promise<DecisionEvents> {
  const dataset = await read(files);
  const conclusion = await dataset.conclude({ trust, platform: PLATFORM, partial: false });
  return decisionEvents(dataset, conclusion);
}

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

  files(): Files {
    return Object.fromEntries([...this.#texts].map(([path, texts]) => [path, texts.join("")]));
  }
}

describe("a storm's truth is found again, exactly", () => {
  test.each([
    [11, "kcat-json"],
    [12, "chio-lossless"],
  ] as const)("of 50,000 claims, seed %i, exported as %s", async (seed, form) => {
    const storm = new Storm({ seed, rows: ROWS, mode: "claims" }, primitives);
    const gathered = new Gathered();
    gathered.export(new ExportStream(form), [...claimLetters(storm, primitives)]);
    const truth = storm.truth();
    expect(truth.deadLetters + truth.failures + truth.tombstones).toBe(ROWS);
    expectTruth(await eventsOf(gathered.files(), null), truth, "everything");
  });

  test("of 50,000 dead letters with their signed log", async () => {
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
    const parsed = parseJson(walkthroughTrust());
    const pinned = parsed.ok ? parseTrustFile(parsed.value.value, primitives) : null;
    if (pinned === null || !pinned.ok) {
      throw new Error("the storm's trust file was refused");
    }
    expectTruth(await eventsOf(gathered.files(), trustBundle(pinned.value)), truth, "verified");
  });

  test("of a million rows, as columns", () => {
    const storm = new Storm({ seed: 14, rows: 1_000_000, mode: "claims" }, primitives);
    const columns = callColumns(storm);
    expectTruth(columns, storm.truth(), "everything");
  });
});

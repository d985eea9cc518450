import { beforeAll, describe, expect, test } from "vitest";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { read } from "@/lib/verification/testing/verify.ts";
import { EXPORT_WRITERS } from "./export-writers.ts";
import type { StormRecord } from "./model.ts";
import { Storm } from "./storm.ts";
import { claimLetters } from "./storm-files.ts";
import { writeExport } from "./write-export.ts";

const SOME = 60;

describe("records written as a tool does", () => {
  let letters: readonly StormRecord[];
  beforeAll(() => {
    const { primitives } = nodePlatform();
    const storm = new Storm({ seed: 5, rows: 400, mode: "claims" }, primitives);
    const withValue = [...claimLetters(storm, primitives)].filter(({ value }) => value !== null);
    letters = withValue.slice(0, SOME);
  });

  test.each(EXPORT_WRITERS.map(({ form }) => form))(
    "%s are read, each as a denial",
    async (form) => {
      const told: string[] = [];
      await read(Object.fromEntries(writeExport(form, letters)), {
        onUnit: ({ letters: found }) => {
          told.push(...found.map(({ deadLetter }) => deadLetter.receiptId));
        },
      });
      expect(told.sort()).toEqual(letters.map(idOf).sort());
    },
  );
});

/** The receipt that a dead letter of the documentation's form names, by its own text. */
function idOf({ value }: StormRecord): string {
  const text = new TextDecoder().decode(value ?? new Uint8Array());
  return /"receipt_id":"([0-9a-f]{64})"/.exec(text)?.[1] ?? text;
}

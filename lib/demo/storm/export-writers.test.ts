import { expect, test } from "vitest";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { read } from "@/lib/verification/testing/verify.ts";
import { EXPORT_WRITERS } from "./export-writers.ts";
import { claimLetters, Storm } from "./storm.ts";
import { writeExport } from "./write-export.ts";

const { primitives } = nodePlatform();

test.each(EXPORT_WRITERS.map(({ form }) => form))(
  "records written as %s are read as such",
  async (form) => {
    const storm = new Storm({ seed: 5, rows: 400, mode: "claims" }, primitives);
    const letters = [...claimLetters(storm, primitives)];
    const { deadLetters, failures } = storm.truth();
    const files = Object.fromEntries(writeExport(form, letters));
    let told = 0;
    const forms = new Set<string>();
    await read(files, {
      onUnit: ({ letters: found }) => {
        told += found.filter(({ letter }) => letter.kind === "denial").length;
        for (const each of found) {
          forms.add(each.form);
        }
      },
    });
    console.log(form, told, deadLetters, failures, [...forms]);
    expect(told).toBe(deadLetters);
  },
);

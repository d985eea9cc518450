import { describe, expect, it } from "vitest";
import { LIMITS } from "@/lib/ingest/record.ts";
import { type FileStep, GrowingFile } from "./growing-file.ts";

async function look(file: GrowingFile, content: string | Uint8Array<ArrayBuffer>) {
  const step = await file.look(new Blob([content]));
  return { ...step, text: step.lines === null ? null : new TextDecoder().decode(step.lines) };
}

/** Everything that is there, however many looks it takes. */
async function drain(file: GrowingFile, content: string): Promise<string> {
  let text = "";
  for (let more = true; more; ) {
    const step = await look(file, content);
    text += step.text ?? "";
    more = step.isMore;
  }
  return text;
}

describe("a growing file", () => {
  it("gives each whole line once, and lets a line wait that has no end", async () => {
    const file = new GrowingFile();
    expect((await look(file, "a\nb\nhal")).text).toBe("a\nb\n");
    expect(await look(file, "a\nb\nhal")).toMatchObject({ text: null, waiting: 3, isMore: false });
    expect((await look(file, "a\nb\nhalf\nc\n")).text).toBe("half\nc\n");
    expect(await look(file, "a\nb\nhalf\nc\n")).toMatchObject({ text: null, waiting: 0 });
  });

  it("reads the same however small its steps are", async () => {
    const content = Array.from({ length: 200 }, (_, at) => `${"ü".repeat(at % 13)} ${at}\n`).join(
      "",
    );
    for (const step of [1, 7, 64, 100_000]) {
      expect(await drain(new GrowingFile(0, step), content)).toBe(content);
    }
  });

  it("passes over what was there before, where it is told to", async () => {
    const file = new GrowingFile(4);
    expect((await look(file, "old\nnew\n")).text).toBe("new\n");
  });

  it("begins anew when the file became shorter or was written anew", async () => {
    const file = new GrowingFile();
    await look(file, "one\ntwo\nthree\n");
    expect(await look(file, "uno\n")).toMatchObject({ text: "uno\n", restarted: "shorter" });
    expect(await look(file, "uno\ndos\n")).toMatchObject({ text: "dos\n", restarted: null });
    const rewritten = await look(file, "une\ndeux\ntrois\n");
    expect(rewritten).toMatchObject({ text: "une\ndeux\ntrois\n", restarted: "rewritten" });
  });

  it("passes over a line that is longer than a record may be, and says how much", async () => {
    const long = new Uint8Array(LIMITS.recordBytes + 10).fill(0x78);
    long[LIMITS.recordBytes + 4] = 0x0a;
    long.set([0x61, 0x0a], LIMITS.recordBytes + 5);
    const file = new GrowingFile();
    const steps: FileStep[] = [];
    for (let more = true; more; ) {
      const step = await file.look(new Blob([long]));
      steps.push(step);
      more = step.isMore;
    }
    expect(steps.reduce((sum, { skipped }) => sum + skipped, 0)).toBe(LIMITS.recordBytes + 5);
    const read = steps.flatMap(({ lines }) =>
      lines === null ? [] : [new TextDecoder().decode(lines)],
    );
    expect(read).toEqual(["a\n"]);
  });
});

import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { type Random, seededRandom } from "@/lib/demo/random.ts";
import { type PlainFile, plain } from "./support/artifact.ts";
import { artifactOf, type ClassName, rowsOfStore } from "./support/classes.ts";
import { EACH, trustOf, verdictOn } from "./support/run.ts";

/**
 * Damage to a container's own bytes. What it did is found by opening the container with its library alone:
 * where other content comes out, or none, nothing may be said to hold without a word about the damage.
 */
const LONGEST = 30 * 60 * 1000;

type Damage = (bytes: Uint8Array, random: Random) => Uint8Array;

const flip: Damage = (bytes, random) => {
  const copy = bytes.slice();
  const at = random.below(copy.length);
  copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
  return copy;
};
const cut: Damage = (bytes, random) => bytes.slice(0, random.below(bytes.length));
const zero: Damage = (bytes, random) => {
  const copy = bytes.slice();
  const at = random.below(copy.length);
  return copy.fill(0, at, at + 1 + random.below(64));
};

async function damage(
  name: ClassName,
  content: (bytes: Uint8Array) => Promise<string>,
): Promise<void> {
  const artifact = await artifactOf(name);
  const trust = trustOf(artifact.trust);
  const [whole] = await artifact.pack(plain(artifact.files));
  if (whole === undefined) {
    throw new RangeError("a container is one file");
  }
  const original = await content(whole.bytes);
  const random = seededRandom(99);
  const wrong: string[] = [];
  const counted = { same: 0, other: 0 };
  for (const [kind, apply] of Object.entries({ flip, cut, zero })) {
    for (let draw = 0; draw < Math.ceil(EACH / 3); draw += 1) {
      const file: PlainFile = { path: whole.path, bytes: apply(whole.bytes, random) };
      const same = (await content(file.bytes)) === original;
      const { report } = await verdictOn([file], draw % 2 === 0 ? trust : null);
      const holds = report.headline === "verified" || report.headline === "self-consistent";
      const noticed =
        report.counts.rejected > 0 || report.findings.some((one) => one.severity !== "info");
      counted[same ? "same" : "other"] += 1;
      if (!same && holds && !noticed) {
        wrong.push(`${name}, ${kind} ${draw}: said ${report.headline} without a word`);
      }
    }
  }
  process.stdout.write(
    `\n${name}, damaged bytes: ${counted.other} other content, ${counted.same} the same\n`,
  );
  expect(wrong.slice(0, 5)).toEqual([]);
}

test("a damaged archive never holds in silence", { timeout: LONGEST }, async () => {
  await damage("evidence zip", async (bytes) => {
    try {
      return Object.entries(unzipSync(bytes))
        .map(([path, content]) => `${path} ${Buffer.from(content).toString("base64")}`)
        .sort()
        .join("\n");
    } catch {
      return "cannot be opened";
    }
  });
});

test("a damaged store never holds in silence", { timeout: LONGEST }, async () => {
  await damage("store", rowsOfStore);
});

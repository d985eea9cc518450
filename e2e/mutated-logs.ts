import { sha256 } from "@/kernel/crypto/sha256.ts";
import { utf8 } from "@/kernel/encoding.ts";
import { evidenceFolder } from "@/lib/demo/evidence.ts";
import { demoKernelA } from "@/lib/demo/log.ts";
import { seededRandom } from "@/lib/demo/random.ts";
import type { DemoForm } from "@/lib/demo/receipt.ts";
import { webSign } from "@/lib/demo/web-sign.ts";
import { type Artifact, fileOf, line } from "../test/mutation/support/artifact.ts";
import { type Effect, type Kind, mutate } from "../test/mutation/support/mutations.ts";

/** Mutations of a single line; those of whole files have nothing to act on here. */
const KINDS: readonly Kind[] = [
  "flip a value",
  "flip a byte",
  "delete a member",
  "duplicate a key",
  "reorder an array",
  "retype a value",
  "sign with another key",
  "neutral: white space",
  "neutral: member order",
  "neutral: defaults",
  "neutral: spelling",
];
const DRAWS = 40;

export interface MutatedLine {
  /** The number in the wrapper around the receipt, which nothing signs. */
  readonly seq: number;
  readonly kind: Kind;
  readonly effect: Effect;
  readonly what: string;
  readonly text: string;
}

/**
 * A log of `receipts` receipts, each mutated once. What a mutation did is known from doing it, and
 * written down here: the code under test is not asked.
 */
export async function mutatedLog(
  form: DemoForm,
  receipts: number,
  firstSeq: number,
): Promise<readonly MutatedLine[]> {
  const options = {
    receipts,
    seed: firstSeq,
    batch: 100,
    form,
    statement: 2,
    signers: [{ from: 1, key: demoKernelA() }],
  } as const;
  const ports = { primitives: { sha256, utf8 }, sign: await webSign() };
  const folder = await evidenceFolder(options, ports);
  const rows = (folder.get("receipts.ndjson") ?? "").split("\n").filter((row) => row !== "");
  const random = seededRandom(firstSeq);
  return rows.map((row, index) => {
    const seq = firstSeq + index;
    const open = `{"seq":${seq},"receipt":`;
    const split = row.indexOf('"receipt":') + '"receipt":'.length;
    const only = line(form, row.slice(split, -1), open, "}");
    const artifact: Artifact = {
      name: form,
      files: [fileOf("receipts.ndjson", [only])],
      focus: [{ file: 0, line: 0 }],
      trust: "",
      signed: true,
      checkpointed: false,
      pack: async (files) => files,
    };
    for (let draw = 0; draw < DRAWS; draw += 1) {
      const kind = KINDS[(index + draw) % KINDS.length] ?? "flip a value";
      const mutated = mutate(kind, artifact, random);
      const changed = mutated?.files[0]?.lines[0];
      if (mutated === null || changed === undefined || mutated.effect === "free") continue;
      const { effect, what } = mutated;
      return { seq, kind, effect, what, text: changed.open + changed.text + changed.close };
    }
    throw new Error(`nothing could be done to receipt ${seq}`);
  });
}

import { sha256 } from "@/kernel/crypto/sha256.ts";
import { toHex, utf8 } from "@/kernel/encoding.ts";
import { choreographySample } from "@/lib/demo/choreography/sample.ts";
import { type Receipt, type Recount, recount } from "@/lib/demo/choreography/testing/recount.ts";
import type { DemoPorts } from "@/lib/demo/ports.ts";
import { webSign } from "@/lib/demo/web-sign.ts";

/** Files of choreographies, and what is true of them: counted here, by nothing of what reads them in the page. */

/** The sample that one click opens, with the truth that the plainest reader finds in its files. */
export interface SampleTruth {
  readonly found: Recount;
  /** In the order of the file. */
  readonly receipts: ReadonlyMap<string, Receipt>;
  /** Id of the first order's first event: what most came of. */
  readonly hot: string;
  readonly edited: readonly string[];
}

let sample: Promise<SampleTruth> | null = null;

/** The truth about the sample; it is made once for each run of a file. */
export function sampleTruth(): Promise<SampleTruth> {
  sample ??= makeTruth();
  return sample;
}

async function makeTruth(): Promise<SampleTruth> {
  const ports: DemoPorts = { primitives: { sha256, utf8 }, sign: await webSign() };
  const { evidence, records, statements, truth } = await choreographySample(ports);
  const receipts = evidence.get("receipts.ndjson") ?? "";
  const found = recount({ receipts, records, statements });
  return {
    found,
    receipts: new Map(found.receipts.map((receipt) => [receipt.id, receipt])),
    hot: truth.hotRoot.id,
    edited: truth.edited,
  };
}

/** Everything that led to a receipt, loaded or not. */
export function ancestors(found: Recount, id: string): ReadonlySet<string> {
  return reached(causesOf(found), id);
}

/** Everything that came of a receipt. */
export function descendants(found: Recount, id: string): ReadonlySet<string> {
  return reached(found.children, id);
}

/** Causes of each receipt. */
export function causesOf({ links }: Recount): ReadonlyMap<string, readonly string[]> {
  const causes = new Map<string, string[]>();
  for (const pair of links.keys()) {
    const [parent = "", child = ""] = pair.split(" ");
    causes.set(child, [...(causes.get(child) ?? []), parent]);
  }
  return causes;
}

function reached(next: ReadonlyMap<string, readonly string[]>, from: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [from];
  for (let at = 0; at < waiting.length; at += 1) {
    for (const one of next.get(waiting[at] ?? "") ?? []) {
      if (!seen.has(one)) waiting.push(one);
      seen.add(one);
    }
  }
  return seen;
}

/** What a line of the documentation's form says; the rest is filled in. */
export interface PlainStep {
  readonly id: string;
  readonly parent?: string;
  readonly tool?: string;
  readonly service?: string;
  readonly at?: number;
  readonly denied?: boolean;
}

const START = 1_776_270_871;
const NO_PARAMETERS = toHex(sha256(utf8("{}")));

/** Receipts as the documentation prints them: keys and signatures cut short, so that nothing is to be checked. */
export function plainLines(steps: Iterable<PlainStep>): string {
  const lines: string[] = [];
  let count = 0;
  for (const { id, parent, tool = "work", service = "service", at, denied = false } of steps) {
    count += 1;
    lines.push(
      JSON.stringify({
        id,
        timestamp: START + (at ?? count),
        capability_id: "cap_1",
        tool_server: service,
        tool_name: tool,
        action: { parameters: {}, parameter_hash: `sha256:${NO_PARAMETERS}` },
        decision: denied ? "deny" : "allow",
        content_hash: `sha256:${"ab".repeat(32)}`,
        policy_hash: `sha256:${"cd".repeat(32)}`,
        evidence: [{ guard: "scope", verdict: denied ? "deny" : "allow" }],
        ...(parent === undefined ? {} : { parent_receipt: parent }),
        kernel_key: "ed25519:pub:9c1f...e02b",
        signature: "ed25519:41d0...77aa",
      }),
    );
  }
  return `${lines.join("\n")}\n`;
}

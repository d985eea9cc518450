import type { ChainUnit } from "../chain-unit.ts";

/** What a unit knows of links when its `count` receipts say nothing of any. */
export function noChain(count: number): ChainUnit {
  const none = { count: 0, first: new Uint32Array(), second: new Uint32Array() };
  const texts = (): Uint32Array => new Uint32Array(count);
  return {
    exported: { records: 0, holding: 0, naming: 0 },
    texts: [""],
    steps: {
      boundary: new Uint8Array(count).fill(1),
      decision: new Uint8Array(count),
      continues: new Uint8Array(count),
      service: texts(),
      agent: texts(),
      tool: texts(),
      topic: texts(),
      guard: texts(),
      scope: texts(),
      reason: texts(),
      policy: texts(),
      key: texts(),
      group: texts(),
      currency: texts(),
      cost: new BigUint64Array(count).fill(0xffff_ffff_ffff_ffffn),
    },
    names: {
      count: 0,
      space: new Uint8Array(),
      local: new Int32Array(),
      hash: new Uint8Array(),
      texts: [],
    },
    links: {
      count: 0,
      row: new Uint32Array(),
      source: new Uint8Array(),
      evidence: new Uint8Array(),
      covered: new Uint8Array(),
      name: new Uint32Array(),
    },
    handles: { count: 0, row: new Uint32Array(), hash: new Uint8Array() },
    judged: { count: 0, row: new Uint32Array(), hash: new Uint8Array() },
    carried: none,
    pairs: none,
    settled: none,
    deadLetterTopics: new Uint32Array(),
  };
}

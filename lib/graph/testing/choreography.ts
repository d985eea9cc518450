import type { Boundary } from "@/lib/chain/model.ts";
import type { LayoutEdge, LayoutNode } from "../layout-model.ts";

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Choreography {
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
}

export interface ChoreographySize {
  readonly steps: number;
  readonly services: number;
  /** Part of the consumes that have a second cause. */
  readonly joins: number;
}

/** Services that consume, call tools and produce; which one reads a topic is the seed's choice. */
export function choreography(seed: number, size: ChoreographySize): Choreography {
  const random = randomFrom(seed);
  const among = (count: number) => Math.floor(random() * count);
  const nodes: LayoutNode[] = [];
  const edges: LayoutEdge[] = [];
  const add = (lane: string, boundary: Boundary, topic: string): string => {
    const key = `r${nodes.length}`;
    const time = 1_776_269_160 + nodes.length;
    nodes.push({ key, lane, shape: "receipt", boundary, time, topic, order: nodes.length });
    return key;
  };
  const link = (from: string, to: string, topic: string) =>
    edges.push({ from, to, topic, closesCycle: false });
  const service = () => `service-${among(size.services)}`;
  const produces = [{ key: add(service(), "produce", "topic-0"), topic: "topic-0" }];
  while (nodes.length < size.steps) {
    const recent = produces.slice(-6);
    const cause = recent[among(recent.length)];
    if (cause === undefined) break;
    const lane = service();
    let last = add(lane, "consume", cause.topic);
    link(cause.key, last, cause.topic);
    const second = produces[among(produces.length)];
    if (random() < size.joins && second !== undefined && second !== cause) {
      link(second.key, last, second.topic);
    }
    for (let tools = among(3); tools > 0; tools--) {
      const tool = add(lane, "tool", "");
      link(last, tool, "");
      last = tool;
    }
    if (random() < 0.8) {
      const topic = `topic-${among(12)}`;
      const produce = add(lane, "produce", topic);
      link(last, produce, "");
      produces.push({ key: produce, topic });
    }
  }
  return { nodes, edges };
}

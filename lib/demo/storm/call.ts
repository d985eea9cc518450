import type { JsonObject } from "@/kernel/json/value.ts";
import type { Template } from "./templates.ts";

/** Who calls, and by which right. */
export interface Caller {
  readonly agent: string;
  readonly service: string;
  readonly capability: string;
  /** Consumer group; empty for an agent that is none. */
  readonly group: string;
}

/** The record that the agent was at: the one it asks for, or the one that made it call a tool. */
export interface Source {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly value: string;
}

/**
 * How a denial gets into the dead letter topic. `envelope`: the shipped form with the receipt inside.
 * `documentation`: the documentation's form, which names the receipt of the log. `claim`: the same, but
 * nobody ever made the receipt that it names.
 */
export type Shape = "envelope" | "documentation" | "claim";

/** One call and what became of it. */
export interface StormCall {
  /** Unix milliseconds: of the record; the receipt says the whole second. */
  readonly ms: number;
  readonly by: Caller;
  readonly server: string;
  readonly tool: string;
  readonly source: Source;
  readonly parameters: JsonObject;
  /** Null where the call is allowed. */
  readonly denied: {
    readonly template: Template;
    readonly reason: string;
    readonly shape: Shape;
  } | null;
}

const EVENTS = "events:";

export function isEvent(tool: string): boolean {
  return tool.startsWith(EVENTS);
}

/** What would have to be granted: the events scope itself, or the tool on its server. */
export function scopeOf({ server, tool }: Pick<StormCall, "server" | "tool">): string {
  return isEvent(tool) ? tool : `${server}/${tool}`;
}

export function secondOf(ms: number): number {
  return Math.floor(ms / 1000);
}

/** `chio:<cluster>:<group>:<topic>:<partition>:<offset>`: the same record gives the same id at each try. */
export function requestOf(by: Caller, { topic, partition, offset }: Source): string {
  return `chio:shop:${by.group === "" ? by.agent : by.group}:${topic}:${partition}:${offset}`;
}

/** What a day of a storm consists of, in the order of time. */
export type StormEvent =
  | { readonly kind: "call"; readonly call: StormCall }
  | { readonly kind: "failure"; readonly ms: number; readonly source: Source }
  | { readonly kind: "tombstone"; readonly ms: number; readonly key: string };

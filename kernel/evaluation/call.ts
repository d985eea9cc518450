import type { JsonValue } from "../json/value.ts";

/** Where in an agent's loop a call stands: taking an event, acting on it, emitting one. */
export const BOUNDARIES = ["consume", "tool", "produce"] as const;
export type Boundary = (typeof BOUNDARIES)[number];

/** What the caller says about the model behind the agent; asserted, never proven. */
export interface ModelMetadata {
  readonly modelId: string;
  readonly safetyTier: "low" | "standard" | "high" | "restricted" | null;
}

/** One call that an agent wants to make. Every member is the agent's word, the arguments above all. */
export interface ToolCall {
  readonly requestId: string;
  /** The agent's public key in lower-case hexadecimal. */
  readonly agentId: string;
  readonly serverId: string;
  readonly toolName: string;
  readonly arguments: JsonValue;
  readonly boundary: Boundary;
  readonly sessionId: string | null;
  readonly model: ModelMetadata | null;
  /** Directories that the session may touch; null where the session has none. */
  readonly roots: readonly string[] | null;
}

import type { JsonValue } from "../json/value.ts";

/** A text of the arguments and where it stands. */
export interface PlacedText {
  readonly text: string;
  /** RFC 6901 pointer into the arguments. */
  readonly pointer: string;
}

/**
 * What a call is about to do, as far as its name and arguments tell (kernel semantics 2.1). `malformed`: a
 * tool that is recognised but whose argument is missing or of another type; upstream lets it through as an
 * unknown tool, so an agent could leave a path out of sight of the path guards; here it is denied by every
 * guard that is concerned with its `family`.
 */
export type ToolAction =
  | { readonly kind: "file-read"; readonly path: PlacedText }
  | { readonly kind: "file-write"; readonly path: PlacedText; readonly content: PlacedText | null }
  | { readonly kind: "patch"; readonly path: PlacedText; readonly diff: PlacedText }
  | { readonly kind: "shell"; readonly command: PlacedText }
  | { readonly kind: "egress"; readonly url: PlacedText }
  | { readonly kind: "code"; readonly source: PlacedText; readonly language: string }
  | { readonly kind: "browser"; readonly verb: string; readonly target: PlacedText | null }
  | { readonly kind: "database"; readonly query: PlacedText; readonly database: string }
  | { readonly kind: "memory-write"; readonly store: string; readonly key: string | null }
  | { readonly kind: "memory-read"; readonly store: string; readonly key: string | null }
  | { readonly kind: "external-api"; readonly endpoint: string }
  | { readonly kind: "mcp-tool"; readonly arguments: JsonValue }
  | MalformedAction;

/** The families that have an argument without which no guard can judge them. */
export type JudgedFamily =
  | "file-read"
  | "file-write"
  | "patch"
  | "shell"
  | "egress"
  | "code"
  | "browser"
  | "database";

export interface MalformedAction {
  readonly kind: "malformed";
  readonly family: JudgedFamily;
  /** What should stand there, in words. */
  readonly expected: string;
  /** Into the arguments: the member of another type, or the whole where it is missing. */
  readonly pointer: string;
}

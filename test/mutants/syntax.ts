import { type Node, parseSync } from "oxc-parser";

/** A node, and the nodes around it from the outermost to its parent. */
export type Visit = (node: Node, around: readonly Node[]) => void;

/** Visits every node of a TypeScript file that has a meaning at run time, parents before children. */
export function walkSource(name: string, source: string, visit: Visit): void {
  const { program, errors } = parseSync(name, source, { preserveParens: false });
  if (errors.length > 0) {
    throw new Error(`${name}: ${errors[0]?.message}`);
  }
  walk(program, [], visit);
}

function walk(node: Node, around: readonly Node[], visit: Visit): void {
  if (isTypeOnly(node)) {
    return;
  }
  visit(node, around);
  const inside = [...around, node];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) {
        walk(child, inside, visit);
      }
    }
  }
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === "object" && value !== null && "type" in value && typeof value.type === "string"
  );
}

/** Casts have an expression inside; every other node of this family is erased. */
const CASTS = ["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression"];

function isTypeOnly(node: Node): boolean {
  return node.type.startsWith("TS") && !CASTS.includes(node.type);
}

import type { Node } from "oxc-parser";
import type { Change, Operator } from "./mutant.ts";
import { constantsFor, PREDICATE_TAKERS } from "./returns.ts";
import { walkSource } from "./syntax.ts";

/** Every change that the operators know for one file, in the order of its text. */
export function changesOf(name: string, source: string): readonly Change[] {
  const changes: Change[] = [];
  walkSource(name, source, (node, around) => {
    const within = nameAround(around);
    for (const change of changesAt(node, around, source)) {
      changes.push({ shape: "expression", ...change, within });
    }
  });
  return changes.sort((a, b) => a.start - b.start || a.end - b.end);
}

type Found = Omit<Change, "within" | "shape"> & { readonly shape?: Change["shape"] };

function changesAt(node: Node, around: readonly Node[], source: string): readonly Found[] {
  const parent = around.at(-1);
  const textOf = ({ start, end }: Node): string => source.slice(start, end);
  const instead = (operator: Operator, text: string, place: Node = node): Found => ({
    operator,
    start: place.start,
    end: place.end,
    text,
  });
  switch (node.type) {
    case "IfStatement": {
      const drop = node.alternate === null ? [dropped(node)] : [];
      return [instead("negated-condition", `!(${textOf(node.test)})`, node.test), ...drop];
    }
    case "ConditionalExpression":
    case "WhileStatement":
    case "DoWhileStatement":
      return [instead("negated-condition", `!(${textOf(node.test)})`, node.test)];
    case "LogicalExpression": {
      if (node.operator === "??") {
        return [];
      }
      const other = node.operator === "&&" ? "||" : "&&";
      const swapped = `(${textOf(node.left)}) ${other} (${textOf(node.right)})`;
      const operands = [node.left, node.right].filter(isPlainCondition);
      return [
        instead("swapped-logic", swapped),
        ...operands.map((one) => instead("negated-condition", `!(${textOf(one)})`, one)),
      ];
    }
    case "BinaryExpression": {
      const left = `(${textOf(node.left)})`;
      const right = `(${textOf(node.right)})`;
      return swaps(node.operator, isTestOf(node, parent)).map(([operator, other]) =>
        instead(operator, `${left} ${other} ${right}`),
      );
    }
    case "UnaryExpression":
      return node.operator === "!" && !isTestOf(node, parent)
        ? [instead("negated-condition", `!!(${textOf(node.argument)})`)]
        : [];
    case "Literal":
      return isKeyOf(node, parent)
        ? []
        : literalChanges(node, around).map(([operator, text]) => instead(operator, text));
    case "ArrayExpression":
      return node.elements.length > 0 && isModuleConstant(around)
        ? [instead("emptied-constant", "[]")]
        : [];
    case "ReturnStatement": {
      const value = node.argument;
      return value === null
        ? [dropped(node)]
        : constantsFor(functionAround(around), textOf(value)).map((text) =>
            instead("constant-return", text, value),
          );
    }
    case "ArrowFunctionExpression": {
      const { body } = node;
      const texts = node.expression ? constantsFor(node, textOf(body)) : [];
      const answers = node.expression && isPredicate(node, parent) ? ["true", "false"] : [];
      return [...texts, ...answers].map((text) => instead("constant-return", text, body));
    }
    case "MemberExpression": {
      const calls = parent?.type === "CallExpression" && parent.callee === node;
      if (!calls || node.computed || node.property.type !== "Identifier") {
        return [];
      }
      const other = OTHER_QUANTIFIER.get(node.property.name);
      const dot = source.lastIndexOf(".", node.property.start);
      const start = source[dot - 1] === "?" ? dot - 1 : dot;
      const { end } = node.property;
      const text = `${source.slice(start, dot)}.${other}`;
      return other === undefined
        ? []
        : [{ operator: "swapped-logic", start, end, text, shape: "method" }];
    }
    case "ExpressionStatement":
      return parent?.type === "Program" ? [] : [dropped(node)];
    case "ThrowStatement":
    case "BreakStatement":
    case "ContinueStatement":
    case "ForOfStatement":
      return [dropped(node)];
    case "ForStatement": {
      const { test } = node;
      return test === null ? [] : [instead("negated-condition", `!(${textOf(test)})`, test)];
    }
    default:
      return [];
  }
}

function dropped({ start, end }: Node): Found {
  return { operator: "dropped-statement", start, end, text: ";", shape: "statement" };
}

const COMPARISONS: Readonly<Record<string, readonly [boundary: string, negated: string]>> = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
};
const EQUALITIES: Readonly<Record<string, string>> = { "===": "!==", "!==": "===" };
const ARITHMETIC: Readonly<Record<string, string>> = {
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
  "&": "|",
  "|": "&",
  "<<": ">>",
  ">>": "<<",
};

const OTHER_QUANTIFIER: ReadonlyMap<string, string> = new Map([
  ["some", "every"],
  ["every", "some"],
]);

/** The negation of a whole test is made at the test. */
function swaps(operator: string, isTest: boolean): readonly (readonly [Operator, string])[] {
  const comparison = COMPARISONS[operator];
  const negated = comparison?.[1] ?? EQUALITIES[operator];
  const arithmetic = ARITHMETIC[operator];
  return [
    ...(comparison === undefined ? [] : [["moved-boundary", comparison[0]] as const]),
    ...(negated === undefined || isTest ? [] : [["negated-condition", negated] as const]),
    ...(arithmetic === undefined ? [] : [["swapped-arithmetic", arithmetic] as const]),
  ];
}

function isTestOf(node: Node, parent: Node | undefined): boolean {
  return parent !== undefined && "test" in parent && parent.test === node;
}

function isKeyOf(node: Node, parent: Node | undefined): boolean {
  return parent !== undefined && "key" in parent && parent.key === node;
}

/** Comparisons and negations have changes of their own, and so have the parts of a chain. */
function isPlainCondition({ type }: Node): boolean {
  return !["BinaryExpression", "LogicalExpression", "UnaryExpression"].includes(type);
}

type LiteralNode = Extract<Node, { readonly type: "Literal" }>;

function literalChanges(
  { value, raw }: LiteralNode,
  around: readonly Node[],
): readonly (readonly [Operator, string])[] {
  const parent = around.at(-1);
  const compared = parent?.type === "BinaryExpression" && isComparison(parent.operator);
  if (typeof value === "bigint" || typeof value === "number") {
    const one = typeof value === "bigint" ? "1n" : "1";
    const more = ["moved-boundary", `(${raw} + ${one})`] as const;
    return compared ? [more, ["moved-boundary", `(${raw} - ${one})`]] : [more];
  }
  const isData = compared || isElement(around) || parent?.type === "SwitchCase";
  return typeof value === "string" && value !== "" && isData ? [["emptied-constant", '""']] : [];
}

function isComparison(operator: string): boolean {
  return operator in COMPARISONS || operator in EQUALITIES;
}

function isElement(around: readonly Node[]): boolean {
  return around.at(-1)?.type === "ArrayExpression" && isModuleConstant(around);
}

/** Inside a constant of the module, and not inside a function there. */
function isModuleConstant(around: readonly Node[]): boolean {
  return functionAround(around) === undefined;
}

type FunctionNode = Extract<
  Node,
  { readonly type: "FunctionDeclaration" | "FunctionExpression" | "ArrowFunctionExpression" }
>;

function functionAround(around: readonly Node[]): FunctionNode | undefined {
  return around.findLast(isFunction);
}

function isFunction(node: Node): node is FunctionNode {
  return (
    node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression"
  );
}

function isPredicate(node: Node, parent: Node | undefined): boolean {
  if (parent?.type !== "CallExpression" || parent.arguments[0] !== node) {
    return false;
  }
  const { callee } = parent;
  return (
    callee.type === "MemberExpression" &&
    callee.property.type === "Identifier" &&
    PREDICATE_TAKERS.includes(callee.property.name)
  );
}

function nameAround(around: readonly Node[]): string {
  const names = around.flatMap((node) => {
    switch (node.type) {
      case "FunctionDeclaration":
      case "ClassDeclaration":
        return [node.id?.name ?? ""];
      case "VariableDeclarator":
        return node.id.type === "Identifier" ? [node.id.name] : [];
      case "MethodDefinition":
      case "PropertyDefinition":
      case "Property":
        return "name" in node.key && typeof node.key.name === "string" ? [node.key.name] : [];
      default:
        return [];
    }
  });
  return names.join(".");
}

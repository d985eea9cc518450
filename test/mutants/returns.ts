import type { Node } from "oxc-parser";

/** Methods of arrays whose first argument answers yes or no. */
export const PREDICATE_TAKERS = ["some", "every", "filter", "find", "findIndex", "findLast"];

/** What a check would answer that lets everything pass. */
const PASSING: Readonly<Record<string, string>> = {
  GuardAnswer: '{ verdict: "allow" as const }',
  StepResult: '{ kind: "passed" as const, detail: null }',
};
const BY_KEYWORD: Readonly<Record<string, readonly string[]>> = {
  TSBooleanKeyword: ["true", "false"],
  TSBigIntKeyword: ["0n"],
  TSNumberKeyword: ["0"],
  TSStringKeyword: ['""'],
  TSNullKeyword: ["null"],
  TSUndefinedKeyword: ["undefined"],
  TSArrayType: ["[]"],
  TSTypePredicate: ["true", "false"],
};

/**
 * Constants of a function's declared return type that are not what it returns already: true and false, zero,
 * nothing, and for the answer of a check the one that passes.
 */
export function constantsFor(scope: Node | undefined, returned: string): readonly string[] {
  const annotation =
    scope !== undefined && "returnType" in scope ? scope.returnType?.typeAnnotation : undefined;
  return annotation === undefined || annotation === null
    ? []
    : constantsOf(annotation).filter((text) => text.replaceAll(" as const", "") !== returned);
}

function constantsOf(type: Node): readonly string[] {
  switch (type.type) {
    case "TSUnionType":
      return type.types.flatMap(constantsOf);
    case "TSTypeOperator":
      return type.operator === "readonly" ? constantsOf(type.typeAnnotation) : [];
    case "TSTypeReference": {
      const name = type.typeName.type === "Identifier" ? type.typeName.name : "";
      const passing = PASSING[name];
      return passing === undefined ? [] : [passing];
    }
    default:
      return BY_KEYWORD[type.type] ?? [];
  }
}

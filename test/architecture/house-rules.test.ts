import { describe, expect, test } from "vitest";
import { lint } from "./planted.ts";

/** One planted fault with the rule that must name it, and its clean twin (none where the place is the fault). */
interface Case {
  readonly rule: string;
  readonly at: string;
  readonly fault: string;
  readonly clean: string | null;
}

const CASES: readonly Case[] = [
  {
    rule: "noRestrictedGlobals",
    at: "kernel/x.ts",
    fault: "export const at = () => Date.now();\n",
    clean: "export const at = (now: bigint) => now;\n",
  },
  {
    rule: "noRestrictedGlobals",
    at: "kernel/x.ts",
    fault: "export const now = () => performance.now();\n",
    clean: "export const now = (clock: () => number) => clock();\n",
  },
  {
    rule: "noJsRestrictedProperties",
    at: "kernel/x.ts",
    fault: "export const pick = () => Math.random();\n",
    clean: "export const pick = (random: () => number) => Math.floor(random());\n",
  },
  {
    rule: "noConsole",
    at: "lib/queries/x.ts",
    fault: 'export const say = () => console.log("x");\n',
    clean: 'export const say = () => "x";\n',
  },
  {
    rule: "noExplicitAny",
    at: "lib/queries/x.ts",
    fault: "export const read = (value: any) => value;\n",
    clean: "export const read = (value: unknown) => value;\n",
  },
  {
    rule: "noNonNullAssertion",
    at: "lib/queries/x.ts",
    fault: "export const first = (list: string[]) => list[0]!;\n",
    clean: "export const first = (list: string[]) => list[0] ?? null;\n",
  },
  {
    rule: "noDefaultExport",
    at: "components/x.tsx",
    fault: "export default function Part() {\n  return null;\n}\n",
    clean: "export function Part() {\n  return null;\n}\n",
  },
  {
    rule: "noBarrelFile",
    at: "lib/queries/x.ts",
    fault: 'export { thing } from "./thing.ts";\n',
    clean: "export const thing = 1;\n",
  },
  {
    rule: "useFilenamingConvention",
    at: "lib/queries/xY.ts",
    fault: "export const thing = 1;\n",
    clean: null,
  },
  {
    rule: "noFloatingPromises",
    at: "lib/queries/x.ts",
    fault: "const late = async () => 1;\n\nexport function start() {\n  late();\n}\n",
    clean: "const late = async () => 1;\n\nexport async function start() {\n  await late();\n}\n",
  },
  {
    rule: "useExhaustiveSwitchCases",
    at: "lib/queries/x.ts",
    fault:
      'export function name(kind: "a" | "b") {\n  switch (kind) {\n    case "a":\n      return 1;\n  }\n}\n',
    clean:
      'export function name(kind: "a" | "b") {\n  switch (kind) {\n    case "a":\n      return 1;\n    case "b":\n      return 2;\n  }\n}\n',
  },
  {
    rule: "noDangerouslySetInnerHtml",
    at: "components/x.tsx",
    fault:
      "export function Part({ text }: { text: string }) {\n  return <p dangerouslySetInnerHTML={{ __html: text }} />;\n}\n",
    clean: "export function Part({ text }: { text: string }) {\n  return <p>{text}</p>;\n}\n",
  },
];

const PAGE = "export default function Page() {\n  return null;\n}\n";

const EXCEPTIONS: Readonly<Record<string, string>> = {
  "app/verify/page.tsx": PAGE,
  "kernel/result.ts": "export const ok = 1;\n",
  "kernel/index.ts": 'export { ok } from "./result.ts";\n',
};

const CYCLE: Readonly<Record<string, string>> = {
  "lib/circle/one.ts": 'import { two } from "./two.ts";\n\nexport const one = () => two;\n',
  "lib/circle/two.ts": 'import { one } from "./one.ts";\n\nexport const two = () => one;\n',
};

describe("the house rules bite", () => {
  const planted: Record<string, string> = { ...EXCEPTIONS, ...CYCLE };
  const place = (at: string, kind: string, index: number) =>
    at.replace(/\/(\w+)\./, `/${kind}-${index}/$1.`);
  CASES.forEach(({ at, fault, clean }, index) => {
    planted[place(at, "fault", index)] = fault;
    if (clean !== null) planted[place(at, "clean", index)] = clean;
  });
  const complaints = lint(planted);
  const rulesAt = (path: string) =>
    complaints.filter((complaint) => complaint.path === path).map(({ rule }) => rule);

  test.each(CASES.map((planted, index) => ({ ...planted, index })))(
    "$rule in $at",
    ({ rule, at, index }) => {
      expect(rulesAt(place(at, "fault", index))).toContain(rule);
      expect(rulesAt(place(at, "clean", index))).toEqual([]);
    },
  );

  test("a circle of imports is refused", () => {
    expect(rulesAt("lib/circle/one.ts")).toContain("noImportCycles");
  });

  test("a page may export a default, the kernel's door may re-export", () => {
    for (const path of Object.keys(EXCEPTIONS)) expect(rulesAt(path)).toEqual([]);
  });
});

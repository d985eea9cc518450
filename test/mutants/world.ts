import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Script } from "node:vm";
import { SWITCH } from "./schemata.ts";

/** What a run of one test file says: the first test that failed, or null; how long; which mutants it met. */
export interface TestRun {
  readonly failed: string | null;
  readonly tests: number;
  readonly milliseconds: number;
  readonly reached: readonly number[];
}

/** Runs bundled test files, each time from nothing: modules are evaluated anew for every mutant. */
export interface World {
  run(bundle: string, mutant: number | null): Promise<TestRun>;
}

interface Task {
  readonly name: string;
  readonly result?: { readonly state: string };
  readonly tasks?: readonly Task[];
  readonly suite?: Task;
  mode: string;
}

/** The parts of vitest's own runner and matchers that are used here; both stand under vitest. */
interface RunnerModule {
  startTests(files: readonly { filepath: string }[], runner: object): Promise<readonly Task[]>;
  getCurrentTest(): Task | undefined;
}
type Expect = (value: unknown, message?: string) => unknown;
interface ExpectModule {
  readonly chai: {
    readonly expect: ((value: unknown, message?: string) => { withTest(test: Task): unknown }) & {
      extend(expect: Expect, matchers: object): void;
    };
    use(plugin: unknown): void;
  };
  readonly JestExtend: unknown;
  readonly JestChaiExpect: unknown;
  readonly JestAsymmetricMatchers: unknown;
  readonly ASYMMETRIC_MATCHERS_OBJECT: symbol;
  readonly GLOBAL_EXPECT: symbol;
  getState(expect: Expect): { readonly assertionCalls: number };
  setState(state: object, expect: Expect): void;
}
interface FastCheck {
  configureGlobal(settings: object): void;
}

const CONFIG = {
  setupFiles: [],
  passWithNoTests: true,
  allowOnly: false,
  sequence: { seed: 1, hooks: "stack", setupFiles: "list" },
  maxConcurrency: 1,
  testTimeout: 60_000,
  hookTimeout: 60_000,
  retry: 0,
  tags: [],
  strictTags: false,
} as const;

/** `root` is the project, whose packages the tests import. */
export async function openWorld(root: string): Promise<World> {
  const require = createRequire(`${root}/package.json`);
  const ofVitest = createRequire(require.resolve("vitest/package.json"));
  const load = (name: string) => import(pathToFileURL(ofVitest.resolve(name)).href);
  const runnerModule: RunnerModule = await load("@vitest/runner");
  const vitest = { ...runnerModule, expect: expectOf(await load("@vitest/expect"), runnerModule) };
  const fastCheck: FastCheck = require("fast-check");
  // One seed for all, and no search for a smaller counterexample: that there is one is enough.
  fastCheck.configureGlobal({ seed: 1, endOnFailure: true });

  let active: number | null = null;
  let reached = new Set<number>();
  Object.defineProperty(globalThis, SWITCH, {
    value: (id: number) => {
      if (active === null) {
        reached.add(id);
      }
      return id === active;
    },
  });
  const scripts = new Map<string, Script>();
  const scriptOf = (path: string): Script => {
    const known = scripts.get(path);
    const script =
      known ??
      new Script(`(function (require, module, exports) {${readFileSync(path, "utf8")}\n})`, {
        filename: path,
      });
    scripts.set(path, script);
    return script;
  };
  const requireFor = (name: string): unknown => (name === "vitest" ? vitest : require(name));

  return {
    async run(bundle, mutant) {
      active = mutant;
      reached = new Set();
      let failed: string | null = null;
      let tests = 0;
      const started = performance.now();
      const files = await runnerModule.startTests([{ filepath: bundle }], {
        config: { ...CONFIG, root },
        pool: "forks",
        importFile() {
          const module = { exports: {} };
          scriptOf(bundle).runInThisContext()(requireFor, module, module.exports);
        },
        onBeforeRunTask(test: Task) {
          if (failed !== null) {
            test.mode = "skip";
          }
        },
        onAfterRunTask(test: Task) {
          tests += 1;
          if (test.result?.state === "fail") {
            failed ??= nameOf(test);
          }
        },
      });
      return {
        failed: failed ?? firstFailure(files),
        tests,
        milliseconds: performance.now() - started,
        reached: [...reached],
      };
    },
  };
}

/** `expect` as vitest makes it, without snapshots and polling, which need its process. */
function expectOf(module: ExpectModule, runner: RunnerModule): Expect {
  const { chai, getState, setState } = module;
  chai.use(module.JestExtend);
  chai.use(module.JestChaiExpect);
  chai.use(module.JestAsymmetricMatchers);
  const matchers: object = Reflect.get(globalThis, module.ASYMMETRIC_MATCHERS_OBJECT);
  const made: Expect = Object.assign(
    (value: unknown, message?: string) => {
      setState({ assertionCalls: getState(made).assertionCalls + 1 }, made);
      const test = runner.getCurrentTest();
      const assertion = chai.expect(value, message);
      return test === undefined ? assertion : assertion.withTest(test);
    },
    chai.expect,
    matchers,
    { extend: (matchers: object) => chai.expect.extend(made, matchers) },
  );
  setState(
    { assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null },
    made,
  );
  Reflect.set(globalThis, module.GLOBAL_EXPECT, made);
  return made;
}

/** A file that cannot be loaded or a hook that throws fails without a test of its own. */
function firstFailure(tasks: readonly Task[]): string | null {
  for (const task of tasks) {
    const inside = firstFailure(task.tasks ?? []);
    if (inside !== null || task.result?.state === "fail") {
      return inside ?? nameOf(task);
    }
  }
  return null;
}

function nameOf(task: Task): string {
  const around =
    task.suite === undefined || task.suite.name === "" ? "" : `${nameOf(task.suite)} > `;
  return around + task.name;
}

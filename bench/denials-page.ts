import type { Page } from "playwright";
import type { DenialQuestion } from "@/lib/queries/denial-questions.ts";
import type { Rule, RulePreview } from "@/lib/rules/model.ts";
import { QUESTIONS, SETTINGS } from "@/lib/sql/statements.ts";

/** A question's texts, as the page sends them: what it binds, then what it asks. */
export interface BoundQuestion {
  readonly settings: readonly {
    readonly text: string;
    readonly parameters: readonly (string | number | null)[];
  }[];
  readonly text: string;
}

export function boundQuestion({ name, settings }: DenialQuestion): BoundQuestion {
  return {
    settings: settings.map(({ name: setting, parameters }) => ({
      text: SETTINGS[setting],
      parameters,
    })),
    text: QUESTIONS[name],
  };
}

/**
 * Asks as the page's database does, on a connection of its own: values are bound, then the question is sent and
 * its answer fetched in parts. Gives the milliseconds of each asking after a first one that is not counted.
 */
export function askBound(
  page: Page,
  question: BoundQuestion,
  times: number,
): Promise<readonly number[]> {
  return page.evaluate(
    async ({ question, times }) => {
      const worker = window.chioBenchProbe.threads.findLast(({ name }) =>
        name.includes("duckdb"),
      )?.worker;
      /** Numbers that the page's own requests do not reach. */
      let number = 2 ** 30 + Math.floor(performance.now() * 100);
      const request = (type: string, data: unknown): Promise<unknown> => {
        number += 1;
        const messageId = number;
        return new Promise((resolve, reject) => {
          const listen = ({ data: answer }: MessageEvent): void => {
            if (answer.requestId === messageId) {
              worker?.removeEventListener("message", listen);
              if (answer.type === "ERROR") reject(new Error(answer.data.message));
              else resolve(answer.data);
            }
          };
          worker?.addEventListener("message", listen);
          worker?.postMessage({ messageId, type, data });
        });
      };
      const connection = await request("CONNECT", null);
      const part = async (type: string, data: unknown): Promise<Uint8Array> => {
        for (;;) {
          const answer = await request(type, data);
          if (answer instanceof Uint8Array) return answer;
        }
      };
      const taken: number[] = [];
      for (let time = 0; time <= times; time += 1) {
        const started = performance.now();
        for (const { text, parameters } of question.settings) {
          const statement = await request("CREATE_PREPARED", [connection, text]);
          await request("RUN_PREPARED", [connection, statement, parameters]);
          await request("CLOSE_PREPARED", [connection, statement]);
        }
        const first = await request("START_PENDING_QUERY", [connection, question.text, false]);
        let last =
          first instanceof Uint8Array ? first : await part("POLL_PENDING_QUERY", connection);
        while (last.length !== 0) {
          last = await part("FETCH_QUERY_RESULTS", connection);
        }
        taken.push(performance.now() - started);
      }
      await request("DISCONNECT", connection);
      return taken.slice(1);
    },
    { question, times },
  );
}

let asked = -1_000_000;

/** Milliseconds of each preview of a rule, as `session.rules` asks the engine's worker; the first one is cold. */
export async function previewRule(
  page: Page,
  rule: Rule,
  times: number,
): Promise<{ readonly milliseconds: readonly number[]; readonly answer: RulePreview }> {
  const from = asked;
  asked -= times;
  return page.evaluate(
    async ({ rule, times, from }) => {
      const engine = window.chioBenchProbe.threads.findLast(
        ({ name }) => name === "engine",
      )?.worker;
      const preview = (ask: number) =>
        new Promise<RulePreview>((resolve, reject) => {
          const listen = ({ data }: MessageEvent): void => {
            if (data.ask === ask) {
              engine?.removeEventListener("message", listen);
              if (data.kind === "rules") resolve(data.answer);
              else reject(new Error(data.message));
            }
          };
          engine?.addEventListener("message", listen);
          engine?.postMessage({ kind: "rules", ask, question: { name: "preview", ask: rule } });
        });
      const milliseconds: number[] = [];
      let answer: RulePreview | null = null;
      for (let time = 0; time < times; time += 1) {
        const started = performance.now();
        answer = await preview(from - time);
        milliseconds.push(performance.now() - started);
      }
      if (answer === null) {
        throw new RangeError("a rule is previewed at least once");
      }
      return { milliseconds, answer };
    },
    { rule, times, from },
  );
}

/** Milliseconds from the link to Denials until bars and patterns are drawn, and two frames have passed. */
export function openDenials(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const started = performance.now();
    document.querySelector<HTMLAnchorElement>('a[href="/denials"]')?.click();
    const isDrawn = (): boolean =>
      document.querySelector('section[aria-label="Denials over time"] svg rect') !== null &&
      document.querySelector('[role=grid][aria-label="Patterns"] [role=gridcell]') !== null;
    while (!isDrawn()) {
      await frame();
    }
    const drawn = performance.now() - started;
    await frame();
    await frame();
    return drawn;
  });
}

/**
 * Milliseconds from an address of the Denials page until what it shows changed for the last time; nothing is
 * taken for the last change that is not followed by half a second of quiet.
 */
export function changeDenials(page: Page, fragment: string): Promise<number> {
  return page.evaluate(async (fragment) => {
    const main = document.querySelector("main") ?? document.body;
    let last = 0;
    const observer = new MutationObserver(() => {
      last = performance.now();
    });
    const started = performance.now();
    observer.observe(main, {
      childList: true,
      characterData: true,
      attributes: true,
      subtree: true,
    });
    window.location.hash = fragment;
    while (last === 0 || performance.now() - last < 500) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    observer.disconnect();
    return last - started;
  }, fragment);
}

/** Tasks of the page's thread over 50 ms since a moment of its own clock. */
export function tasksSince(page: Page, since: number): Promise<readonly number[]> {
  return page.evaluate(
    (since) =>
      window.chioBenchProbe.longTasks
        .filter(({ at, milliseconds }) => at + milliseconds > since)
        .map(({ milliseconds }) => milliseconds),
    since,
  );
}

export const clockOf = (page: Page): Promise<number> => page.evaluate(() => performance.now());

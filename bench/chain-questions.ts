import { tableFromIPC } from "apache-arrow";
import type { Page } from "playwright";
import type { Direction, NodeKey } from "@/lib/chain/model.ts";
import type { ViewRequest } from "@/lib/graph/model.ts";

/** A walk as the engine's worker answered it, posted and received as the page's own questions are. */
export interface AskedWalk {
  readonly milliseconds: number;
  /** Receipts that are loaded; parents that are not are not counted. */
  readonly receipts: number;
  readonly hops: number;
  /** The last in time of those that are as far away as anything. */
  readonly furthest: NodeKey;
}

let asked = 0;

export function askWalk(page: Page, focus: NodeKey, direction: Direction): Promise<AskedWalk> {
  asked -= 1;
  return page.evaluate(
    async ({ ask, focus, direction }) => {
      const engine = window.chioBenchProbe.threads.findLast(
        ({ name }) => name === "engine",
      )?.worker;
      const started = performance.now();
      const walk = await new Promise<{ row: Int32Array; distance: Int32Array }>(
        (resolve, reject) => {
          const listen = ({ data }: MessageEvent): void => {
            if (data.ask === ask) {
              engine?.removeEventListener("message", listen);
              if (data.kind === "chain") resolve(data.answer);
              else reject(new Error(data.message));
            }
          };
          engine?.addEventListener("message", listen);
          const question = { name: "walk", ask: { focus, direction, depth: null } };
          engine?.postMessage({ kind: "chain", ask, question });
        },
      );
      const milliseconds = performance.now() - started;
      const hops = walk.distance.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
      const at = walk.distance.findLastIndex(
        (one, index) => Math.abs(one) === hops && walk.row[index] !== -1,
      );
      const receipts = walk.row.reduce((sum, row) => sum + (row === -1 ? 0 : 1), 0);
      return { milliseconds, receipts, hops, furthest: `r${walk.row[at]}` };
    },
    { ask: asked, focus, direction },
  );
}

/** Where a chain's question has a small answer. */
export function askEngine<Answer>(
  page: Page,
  question: { readonly name: string; readonly ask: unknown },
): Promise<{ readonly milliseconds: number; readonly answer: Answer }> {
  asked -= 1;
  return page.evaluate(
    async ({ ask, question }) => {
      const engine = window.chioBenchProbe.threads.findLast(
        ({ name }) => name === "engine",
      )?.worker;
      const started = performance.now();
      const answer = await new Promise<Answer>((resolve, reject) => {
        const listen = ({ data }: MessageEvent): void => {
          if (data.ask === ask) {
            engine?.removeEventListener("message", listen);
            if (data.kind === "chain") resolve(data.answer);
            else reject(new Error(data.message));
          }
        };
        engine?.addEventListener("message", listen);
        engine?.postMessage({ kind: "chain", ask, question });
      });
      return { milliseconds: performance.now() - started, answer };
    },
    { ask: asked, question },
  );
}

export async function locate(page: Page, id: string): Promise<NodeKey> {
  const { answer } = await askEngine<NodeKey | null>(page, { name: "locate", ask: id });
  if (answer === null) {
    throw new Error(`${id} is not loaded`);
  }
  return answer;
}

export interface AskedDatabase {
  readonly milliseconds: number;
  readonly bytes: number;
  /** The first value of the first row. */
  readonly first: number;
}

/**
 * A query on a connection of its own of the page's database. The clock runs from the query's text to the whole
 * answer as Arrow in the page; decoding it is not counted.
 */
export async function askDatabase(page: Page, text: string): Promise<AskedDatabase> {
  const { milliseconds, bytes, head } = await page.evaluate(async (text) => {
    const worker = window.chioBenchProbe.threads.findLast(({ name }) =>
      name.includes("duckdb"),
    )?.worker;
    /** Numbers that the page's own requests do not reach. */
    let number = 2 ** 30 + Math.floor(performance.now());
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
    const started = performance.now();
    const answer = await request("RUN_QUERY", [connection, text]);
    const milliseconds = performance.now() - started;
    await request("DISCONNECT", connection);
    if (!(answer instanceof Uint8Array)) throw new TypeError("the database gave no Arrow");
    const head = answer.length > 4096 ? [] : [...answer];
    return { milliseconds, bytes: answer.length, head };
  }, text);
  const first =
    head.length === 0
      ? Number.NaN
      : Number(tableFromIPC(Uint8Array.from(head)).getChildAt(0)?.get(0));
  return { milliseconds, bytes, first };
}

/** The walk's question in SQL; `union` ends cycles. */
export function walkInSql(focus: NodeKey, direction: "forward" | "backward"): string {
  const [from, to] =
    direction === "forward" ? ["parent_row", "child_row"] : ["child_row", "parent_row"];
  return `with recursive reached(row) as (
    select ${Number(focus.slice(1))}::ubigint
    union
    select edge.${to}::ubigint from reached join edge on edge.${from} = reached.row
    where edge.${to} is not null
  ) select count(*) from reached`;
}

/** What relating took in the engine's worker, from the measures that it left in its timeline. */
export async function relatingTimes(
  page: Page,
): Promise<{ readonly index: number; readonly relate: number }> {
  for (const worker of page.workers()) {
    const [index, relate] = await worker.evaluate(() =>
      ["index links", "relate links"].map(
        (name) => performance.getEntriesByName(name, "measure").at(-1)?.duration,
      ),
    );
    if (index !== undefined && relate !== undefined) {
      return { index, relate };
    }
  }
  throw new Error("no worker says how long relating took");
}

export const forwardView = (focus: NodeKey, depth: number | null): ViewRequest => ({
  focus,
  direction: "forward",
  depth,
  lanes: "service",
  opened: [],
  cut: null,
});

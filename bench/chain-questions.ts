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
  /** From the query's text to the whole answer as Arrow in the page; decoding it is not counted. */
  readonly milliseconds: number;
  readonly bytes: number;
  /** The first value of the first row, of a short answer. */
  readonly first: number;
}

/**
 * A query on a connection of its own of the page's database. `whole` is the database's fastest way: one answer in
 * one message. `parts` is how the page reads: batch after batch, so that a question can be cancelled.
 */
export async function askDatabase(
  page: Page,
  text: string,
  how: "whole" | "parts" = "whole",
): Promise<AskedDatabase> {
  const { milliseconds, bytes, head } = await page.evaluate(
    async ({ text, how }) => {
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
      const arrow = async (type: string, data: unknown): Promise<Uint8Array> => {
        for (;;) {
          const answer = await request(type, data);
          if (answer instanceof Uint8Array) return answer;
        }
      };
      const connection = await request("CONNECT", null);
      const started = performance.now();
      const parts: Uint8Array[] = [];
      if (how === "whole") {
        parts.push(await arrow("RUN_QUERY", [connection, text]));
      } else {
        const first = await request("START_PENDING_QUERY", [connection, text, true]);
        parts.push(
          first instanceof Uint8Array ? first : await arrow("POLL_PENDING_QUERY", connection),
        );
        while (parts.at(-1)?.length !== 0) {
          parts.push(await arrow("FETCH_QUERY_RESULTS", connection));
        }
      }
      const milliseconds = performance.now() - started;
      await request("DISCONNECT", connection);
      const bytes = parts.reduce((sum, part) => sum + part.length, 0);
      return { milliseconds, bytes, head: bytes > 4096 ? [] : [...(parts[0] ?? [])] };
    },
    { text, how },
  );
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

/** Milliseconds in the engine's worker: the index alone, and from names to index. */
export interface RelatingTimes {
  readonly index: number;
  readonly relate: number;
}

/** What relating last took, from the measures that it leaves in its thread's timeline. */
export async function relatingTimes(page: Page): Promise<RelatingTimes> {
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

/** The engine relates everything again, as it does for another trust file; the page does not take the answer. */
export async function relateAgain(page: Page): Promise<RelatingTimes> {
  asked -= 1;
  await page.evaluate(async (ask) => {
    const { threads, conclude } = window.chioBenchProbe;
    const engine = threads.findLast(({ name }) => name === "engine")?.worker;
    await new Promise<void>((resolve) => {
      const listen = ({ data }: MessageEvent): void => {
        if (data.kind === "concluded" && data.ask === ask) {
          engine?.removeEventListener("message", listen);
          resolve();
        }
      };
      engine?.addEventListener("message", listen);
      engine?.postMessage({ ...conclude, ask });
    });
  }, asked);
  return relatingTimes(page);
}

export const forwardView = (focus: NodeKey, depth: number | null): ViewRequest => ({
  focus,
  direction: "forward",
  depth,
  lanes: "service",
  opened: [],
  cut: null,
});

import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { asU64, isArray, isObject, member } from "@/kernel/json/value.ts";

/** The part of `fetch` that is used; a test puts a real server behind it. */
export type Ask = (url: string, headers: Readonly<Record<string, string>>) => Promise<TailAnswer>;
export interface TailAnswer {
  readonly status: number;
  readonly text: string;
}

/** Receipts that came, a line each, in the order of the log. */
export interface TailPage {
  readonly lines: readonly string[];
  readonly cursor: string | null;
  /** Receipts of the log that were not read yet. */
  readonly behind: number;
  readonly requests: number;
}

export type TailProblem =
  /** The token was not taken: asking again would not help. */
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "failed"; readonly message: string };

export type TailStep =
  | { readonly ok: true; readonly page: TailPage }
  | { readonly ok: false; readonly problem: TailProblem };

/** The most that one answer holds; the server's own limit. */
const PAGE = 200;

/** The address that is asked, without a cursor: what a person is shown before anything is sent. */
export function tailAddress(origin: string, since: number | null): string {
  const address = new URL("/v1/receipts/query", origin);
  address.searchParams.set("limit", String(PAGE));
  if (since !== null) address.searchParams.set("since", String(since));
  return address.href;
}

/**
 * Follows the receipt log of a server by its cursor. The last page of a log comes without one, so its
 * receipts are counted, and the cursor is moved by asking for all but the last of them: from then on each
 * look reads one receipt that is known, and what is new behind it. The token is sent and never given back.
 */
export class ServerTail {
  readonly #ask: Ask;
  readonly #base: string;
  readonly #token: string;
  #cursor: string | null = null;
  /** Receipts after the cursor that were read already. */
  #known = 0;
  #read = 0;

  constructor(ask: Ask, base: string, token: string) {
    this.#ask = ask;
    this.#base = base;
    this.#token = token;
  }

  async look(): Promise<TailStep> {
    const first = await this.#page(PAGE);
    if (!first.ok) return first;
    const fresh = first.page.lines.slice(this.#known);
    this.#read += fresh.length;
    let requests = 1;
    if (first.page.next !== null) {
      this.#cursor = first.page.next;
      this.#known = 0;
    } else {
      this.#known = Math.max(this.#known, first.page.lines.length);
      if (this.#known > 1) {
        requests += 1;
        const settled = await this.#page(this.#known - 1);
        if (settled.ok && settled.page.next !== null) {
          this.#cursor = settled.page.next;
          this.#known = 1;
        }
      }
    }
    const behind = Math.max(first.page.total - this.#read, 0);
    return { ok: true, page: { lines: fresh, cursor: this.#cursor, behind, requests } };
  }

  async #page(limit: number): Promise<
    | {
        readonly ok: true;
        readonly page: {
          readonly lines: readonly string[];
          readonly next: string | null;
          readonly total: number;
        };
      }
    | { readonly ok: false; readonly problem: TailProblem }
  > {
    const address = new URL(this.#base);
    address.searchParams.set("limit", String(limit));
    if (this.#cursor !== null) address.searchParams.set("cursor", this.#cursor);
    let answer: TailAnswer;
    try {
      answer = await this.#ask(address.href, { authorization: `Bearer ${this.#token}` });
    } catch {
      // What a browser says of a request may hold its headers, so its words are not shown.
      return failed("The server did not answer.");
    }
    if (answer.status === 401 || answer.status === 403) {
      const message = `The server did not take the token (${answer.status}).`;
      return { ok: false, problem: { kind: "refused", message } };
    }
    if (answer.status !== 200) return failed(`The server answered ${answer.status}.`);
    const parsed = parseJson(answer.text);
    const body = parsed.ok ? parsed.value.value : null;
    const receipts = isObject(body) ? member(body, "receipts") : undefined;
    if (!isObject(body) || !isArray(receipts)) {
      return failed("The answer is not a page of receipts.");
    }
    const next = asU64(member(body, "nextCursor"));
    const total = asU64(member(body, "totalCount"));
    return {
      ok: true,
      page: {
        lines: receipts.map((receipt) => canonicalize(receipt)),
        next: next === undefined ? null : String(next),
        total: total === undefined ? 0 : Number(total),
      },
    };
  }
}

function failed(message: string): { readonly ok: false; readonly problem: TailProblem } {
  return { ok: false, problem: { kind: "failed", message } };
}

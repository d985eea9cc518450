import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  statfsSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asText, isObject, type JsonObject } from "@/kernel/json/value.ts";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { choreography } from "@/lib/demo/choreography/choreography.ts";
import type { ChoreographyOptions } from "@/lib/demo/choreography/model.ts";
import { lineageLine } from "@/lib/demo/choreography/statement.ts";
import { demoKernelA } from "@/lib/demo/log.ts";
import { webSign } from "@/lib/demo/web-sign.ts";

/** A choreography's export, and what is known of it since it was made. */
export interface ChainLog {
  readonly paths: readonly string[];
  readonly bytes: number;
  readonly facts: ChainFacts;
}

export interface ChainFacts {
  readonly receipts: number;
  /** Pairs of a cause and its consequence. */
  readonly links: number;
  /** Parents that are named and not loaded. */
  readonly missing: number;
  /** The root of most receipts, and how many came of it. */
  readonly hot: { readonly root: string; readonly descendants: number };
  /** Orders that led to each other. */
  readonly long: { readonly root: string; readonly orders: number };
}

/** Part of the cached files' names: to be raised when what is written below changes. */
const VERSION = 1;
const SEED = 4;
/** What an order comes to on average, its retries, returns and refusals included. */
const RECEIPTS_OF_AN_ORDER = 51.5;
/** Receipts that one cause has, of a million; fewer where there are fewer. */
const HOT = 50_000;
/** Orders that lead to each other: some 5,000 receipts. */
const LINKED_ORDERS = 98;
/** Orders that one order leads to at most: the long chain is a tree of chains, and no star. */
const FOLLOWERS = 3;
const BYTES_OF_A_RECEIPT = 3_600;

/**
 * The shop's day as receipts, Kafka records and lineage statements, about `receipts` of them. The first order
 * is the hottest root. Later ones follow from each other by signed statements, as repeat orders do, so that
 * one chain is long and wide. Kept in the temporary directory for the next run.
 */
export async function chainLog(receipts: number): Promise<ChainLog> {
  const stem = join(tmpdir(), `chio-bench-chain-v${VERSION}-${receipts}`);
  const paths = (["receipts", "records", "statements"] as const).map(
    (name) => `${stem}-${name}.ndjson`,
  );
  const factsPath = `${stem}-facts.json`;
  if (!existsSync(factsPath)) {
    requireRoom(receipts * BYTES_OF_A_RECEIPT);
    process.stderr.write(`Making ${stem}-*.ndjson…\n`);
    const facts = await write(receipts, paths);
    writeFileSync(`${factsPath}.part`, JSON.stringify(facts));
    renameSync(`${factsPath}.part`, factsPath);
  }
  const facts: ChainFacts = JSON.parse(readFileSync(factsPath, "utf8"));
  const bytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
  return { paths, bytes, facts };
}

async function write(receipts: number, paths: readonly string[]): Promise<ChainFacts> {
  const hotRoot = Math.min(HOT, Math.floor(receipts / 4));
  const options: ChoreographyOptions = {
    orders: Math.ceil((receipts - hotRoot) / RECEIPTS_OF_AN_ORDER),
    seed: SEED,
    hotRoot,
    decisions: "by-kind",
  };
  const ports = { primitives: nodePlatform().primitives, sign: await webSign() };
  const [receiptFile = -1, recordFile = -1, statementFile = -1] = paths.map((path) =>
    openSync(path, "w"),
  );
  const files = { receipts: receiptFile, records: recordFile, statements: statementFile };
  const followers = new Followers();
  let facts: ChainFacts | null = null;
  for await (const chunk of choreography(options, ports)) {
    if (chunk.kind === "truth") {
      const { receipts: made, links, missing, hotRoot: hot } = chunk.truth;
      facts = {
        receipts: made,
        links: links + followers.links,
        missing: missing.length,
        hot: { root: hot.id, descendants: hot.descendants },
        long: { root: followers.root, orders: followers.orders },
      };
      continue;
    }
    writeSync(files[chunk.file], chunk.text);
    if (chunk.file === "receipts" && !followers.isFull) {
      for (const lineage of followers.read(chunk.text)) {
        writeSync(files.statements, `${await lineageLine(lineage, demoKernelA(), ports)}\n`);
      }
    }
  }
  for (const file of Object.values(files)) {
    closeSync(file);
  }
  if (facts === null) {
    throw new Error("the choreography ended without its truth");
  }
  return facts;
}

interface Closed {
  readonly id: string;
  readonly time: number;
  followers: number;
}

/** Decides which order follows from which: each from one that was closed before it was placed. */
class Followers {
  root = "";
  orders = 0;
  links = 0;
  readonly #closed: Closed[] = [];
  readonly #members = new Set<string>();

  get isFull(): boolean {
    return this.orders === LINKED_ORDERS;
  }

  *read(lines: string) {
    for (const line of lines.trimEnd().split("\n")) {
      const event = eventOf(line);
      if (event === null) {
        continue;
      }
      const { id, order, time } = event;
      if (event.tool === "events:produce:order.closed" && this.#members.has(order)) {
        this.#closed.push({ id, time, followers: 0 });
      }
      if (event.tool !== "events:produce:order.placed" || this.isFull || order === HOT_ORDER) {
        continue;
      }
      const cause = this.#closed.find((one) => one.followers < FOLLOWERS && one.time <= time);
      if (this.orders === 0) {
        this.root = id;
      } else if (cause === undefined) {
        continue;
      } else {
        cause.followers += 1;
        this.links += 1;
        yield {
          parent: cause.id,
          parentRequest: "",
          child: id,
          childRequest: "",
          issuedAt: time,
        };
      }
      this.orders += 1;
      this.#members.add(order);
    }
  }
}

const HOT_ORDER = "ord-31000";

function eventOf(line: string) {
  const { receipt }: { receipt: JsonObject } = JSON.parse(line);
  const { action, id, timestamp, tool_name: tool } = receipt;
  const parameters = isObject(action) ? action["parameters"] : undefined;
  const order = isObject(parameters) ? asText(parameters["key"]) : undefined;
  const called = asText(tool);
  const name = asText(id);
  return order === undefined || called === undefined || name === undefined
    ? null
    : { tool: called, order, id: name, time: Number(timestamp) };
}

function requireRoom(bytes: number): void {
  const { bavail, bsize } = statfsSync(tmpdir());
  if (bavail * bsize < bytes * 2) {
    throw new Error(`${tmpdir()} has no room for logs of about ${bytes} octets`);
  }
}

import { Budget, EXPAND_LIMITS } from "./archive/budget.ts";
import { detectContainer, HEAD_BYTES } from "./archive/detect.ts";
import { unpackGzip } from "./archive/gzip.ts";
import { unpackTar } from "./archive/tar.ts";
import type { UnpackContext } from "./archive/unpack.ts";
import { unpackZip } from "./archive/zip.ts";
import type { ExpandPorts, ExpandStep, RecognisedAs } from "./expand-ports.ts";
import {
  damagedStep,
  excerpt,
  findingStep,
  type Item,
  problemStep,
  withoutGzipEnding,
} from "./expand-steps.ts";
import { detectContent, isUtf16 } from "./layout.ts";
import { packedWith } from "./packed-with.ts";
import { baseName, directoryOf, safePath, topOf } from "./paths.ts";
import type { ByteSource, InputFile } from "./record.ts";
import { type ByteSink, memorySink } from "./sources.ts";
import { expandStore, pairWals, usesWal } from "./store/expand-store.ts";
import { pageSizeOf, walPageSizeOf } from "./store/wal.ts";

interface StoreItem extends Item {
  readonly pageSize: number;
  readonly usesWal: boolean;
  readonly digest: string;
}

type Steps = AsyncGenerator<ExpandStep, void>;
const UNPACKERS = { zip: unpackZip, tar: unpackTar, gzip: unpackGzip } as const;
const READ_BYTES = 4 * 1024 * 1024;

/**
 * Expands a drop into members: archives into their entries, stores into their tables, everything else as it
 * is. What a thing is, its first octets say. Damage and limits are findings, and what was read is kept.
 * Stores come last, when every write-ahead log has been seen.
 *
 * @throws the signal's reason when it is aborted; whatever a source throws
 */
export async function* expandInputs(inputs: readonly InputFile[], ports: ExpandPorts): Steps {
  yield* new Expansion(inputs, ports).run();
}

class Expansion {
  readonly #inputs: readonly InputFile[];
  readonly #ports: ExpandPorts;
  readonly #budget: Budget;
  readonly #sink: () => ByteSink;
  readonly #totalBytes: number;
  #readBytes = 0;
  #nextMember: number;
  #stores: StoreItem[] = [];
  #wals: StoreItem[] = [];

  constructor(inputs: readonly InputFile[], ports: ExpandPorts) {
    this.#inputs = inputs;
    this.#ports = ports;
    this.#budget = new Budget({ ...EXPAND_LIMITS, ...ports.limits });
    this.#sink = ports.sink ?? memorySink;
    this.#totalBytes = inputs.reduce((sum, input) => sum + input.source.size, 0);
    this.#nextMember = ports.firstMemberId ?? 0;
  }

  async *run(): Steps {
    for (const [input, { path, source }] of this.#inputs.entries()) {
      yield* this.#expand({ input, path, source, depth: 0, sha256: null });
    }
    yield* this.#expandStores();
  }

  async *#expand(item: Item): Steps {
    const head = await item.source.read(0, HEAD_BYTES);
    const container = detectContainer(head);
    switch (container) {
      case "zip":
        yield* this.#recognised(item, "zip archive");
        yield* this.#unpack(item, container);
        return;
      case "tar":
        yield* this.#recognised(item, "tar archive");
        yield* this.#unpack(item, container);
        return;
      case "gzip":
        yield* this.#recognised(item, "gzip");
        yield* this.#unpack(item, container);
        return;
      case "sqlite":
      case "wal": {
        const digest = await this.#hash(item);
        const pageSize = container === "wal" ? walPageSizeOf(head) : pageSizeOf(head);
        const found = { ...item, sha256: digest, digest, pageSize, usesWal: usesWal(head) };
        (container === "wal" ? this.#wals : this.#stores).push(found);
        if (container === "wal") yield* this.#recognised(found, "write-ahead log");
        return;
      }
      case "none":
        if (isUtf16(head)) yield damagedStep(item, "UTF-8 text", "UTF-16 text, not read");
        if (packedWith(head) !== null) {
          yield damagedStep(
            item,
            "text, or an archive that is opened here",
            packedWith(head) ?? "",
          );
        }
        yield* this.#recognised({ ...item, sha256: yield* this.#member(item) }, "file");
    }
  }

  async *#unpack(item: Item, container: keyof typeof UNPACKERS): Steps {
    const { nesting } = this.#budget.limits;
    if (item.depth > nesting) {
      const expected = `at most ${nesting} archives inside each other`;
      const actual = "one more, not unpacked";
      yield findingStep(item, { code: "LIM-003", path: item.path, expected, actual });
      yield* this.#member(item);
      return;
    }
    const names = new Map<string, number>();
    for await (const step of UNPACKERS[container](item.source, this.#context())) {
      if (step.kind === "problem") {
        yield problemStep(item, step);
        continue;
      }
      const head = await step.source.read(0, HEAD_BYTES);
      if (container === "gzip" && detectContainer(head) === "tar") {
        // gzip around tar is one archive to everyone, and one level here.
        yield* this.#unpack({ ...item, source: step.source }, "tar");
        continue;
      }
      yield* this.#entry(item, step.name, step.source, names);
    }
  }

  async *#entry(item: Item, given: string, source: ByteSource, names: Map<string, number>): Steps {
    const name = given === "" ? withoutGzipEnding(baseName(item.path)) : given;
    const { path: safe, unsafe } = safePath(name);
    const times = (names.get(safe) ?? 0) + 1;
    names.set(safe, times);
    const path = `${item.path}/${safe}${times === 1 ? "" : ` (${times})`}`;
    const entry = { input: item.input, path, source, depth: item.depth + 1, sha256: null };
    if (unsafe) yield damagedStep(entry, "a path inside the archive", excerpt(name));
    if (times > 1) yield damagedStep(entry, "each name once", `${excerpt(name)} again`);
    yield* this.#expand(entry);
  }

  /** The member first, its hash after it: whoever verifies need not wait for the hash. */
  async *#member(item: Item): AsyncGenerator<ExpandStep, string> {
    const { input, path, source } = item;
    const id = this.#id();
    const readAs = this.#ports.readAs?.(topOf(path));
    const content = await detectContent(source, { path, readAs }, this.#ports.signal);
    const place = {
      collection: directoryOf(path),
      name: baseName(path),
      table: null,
      bounds: null,
    };
    yield {
      kind: "member",
      member: { id, input, path, ...place, source, ...content, sha256: item.sha256 ?? "" },
    };
    const sha256 = item.sha256 ?? (await this.#hash(item));
    yield { kind: "hash", member: id, sha256 };
    return sha256;
  }

  async *#expandStores(): Steps {
    const pairs = pairWals(this.#stores, this.#wals);
    const paired = new Set(pairs.values());
    for (const wal of this.#wals) {
      yield* this.#member(wal);
      if (paired.has(wal)) continue;
      const problem = { expected: "the store that it belongs to", actual: "no such store" };
      yield findingStep(wal, { code: "FMT-012", path: wal.path, ...problem });
    }
    for (const store of this.#stores) yield* this.#store(store, pairs.get(store) ?? null);
  }

  async *#store(item: StoreItem, wal: StoreItem | null): Steps {
    const noLog = item.usesWal && wal === null;
    const recognised = noLog ? "SQLite store (no write-ahead log given)" : "SQLite store";
    yield* this.#recognised(item, recognised);
    const { storeBytes } = this.#budget.limits;
    if (item.source.size + (wal?.source.size ?? 0) > storeBytes) {
      const problem = { expected: `at most ${storeBytes} octets`, actual: "larger, not opened" };
      yield findingStep(item, { code: "LIM-003", path: item.path, ...problem });
      yield* this.#member({ ...item, sha256: item.digest });
      return;
    }
    const { sqlite, signal } = this.#ports;
    const ports = { sqlite, signal, sink: this.#sink };
    let tables = 0;
    for await (const step of expandStore(item.source, wal?.source ?? null, ports)) {
      if (step.kind === "problem") {
        yield findingStep(item, { ...step, path: item.path });
        continue;
      }
      const { rows, problems } = step.reading;
      for (const problem of problems) {
        const path = `${item.path}/${problem.table}`;
        yield findingStep(item, { ...problem, path, line: problem.row });
      }
      if (rows === null) continue;
      tables += 1;
      const { table, source, bounds } = rows;
      const place = { path: `${item.path}/${table}`, collection: item.path, name: table, table };
      const content = { source, bounds, layout: "rows", sha256: item.digest } as const;
      yield { kind: "member", member: { id: this.#id(), input: item.input, ...place, ...content } };
    }
    if (tables === 0) yield* this.#member({ ...item, sha256: item.digest });
  }

  async *#recognised(item: Item, recognisedAs: RecognisedAs): Steps {
    if (item.depth > 0) return;
    const { input, source } = item;
    const sha256 = item.sha256 ?? (await this.#hash(item));
    yield { kind: "input", input, sha256, size: source.size, recognisedAs };
  }

  async #hash({ source, depth }: Item): Promise<string> {
    const hash = this.#ports.sha256Stream();
    for (let position = 0; position < source.size; position += READ_BYTES) {
      this.#ports.signal?.throwIfAborted();
      const block = await source.read(position, Math.min(position + READ_BYTES, source.size));
      hash.update(block);
      if (depth > 0) continue;
      this.#readBytes += block.length;
      this.#ports.onProgress?.(this.#readBytes, this.#totalBytes);
    }
    return hash.digestHex();
  }

  #context(): UnpackContext {
    return { budget: this.#budget, signal: this.#ports.signal, sink: this.#sink };
  }

  #id(): number {
    this.#nextMember += 1;
    return this.#nextMember - 1;
  }
}

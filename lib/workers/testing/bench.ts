import { createSHA256 } from "hash-wasm";
import { deadLetterBatch } from "@/lib/database/dead-letter-batch.ts";
import { receiptBatch } from "@/lib/database/receipt-batch.ts";
import type { UnitStreams } from "@/lib/database/streams.ts";
import type { ExportForm } from "@/lib/ingest/kafka/export-form.ts";
import { readUnit } from "@/lib/ingest/read-unit.ts";
import type { Unit } from "@/lib/ingest/record.ts";
import { blobSink, blobSource } from "@/lib/ingest/sources.ts";
import { verifyUnit } from "@/lib/verification/verify-unit.ts";
import { demoDrops } from "../demo-drops.ts";
import { Engine } from "../engine.ts";
import { webPlatform } from "../platform-web.ts";
import type { ConcludedMessage, DropContent, FromEngine, MemberMessage } from "../protocol.ts";

/** The engine with its verifiers in one thread: everything is real but the workers. */
export class Bench {
  readonly heard: FromEngine[] = [];
  readonly inserted: number[] = [];
  readonly batches: UnitStreams[] = [];
  readonly units: Unit[] = [];
  readonly engine: Engine;
  readonly #platform: Awaited<ReturnType<typeof webPlatform>>;
  readonly #members = new Map<number, MemberMessage>();
  #fresh: Unit[] = [];
  #epoch = 0;

  private constructor(platform: Awaited<ReturnType<typeof webPlatform>>, hasher: Hasher) {
    this.#platform = platform;
    this.engine = new Engine({
      platform,
      expand: {
        sha256Stream: () => {
          hasher.init();
          return {
            update: (bytes) => {
              hasher.update(bytes);
            },
            digestHex: () => hasher.digest("hex"),
          };
        },
        sqlite: () => Promise.reject(new Error("no store is opened here")),
        sink: blobSink,
      },
      post: (message) => this.#hear(message),
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      ...demoDrops(platform),
    });
  }

  static async make(): Promise<Bench> {
    return new Bench(await webPlatform({ seed: 1 }), await createSHA256());
  }

  /** Drops, verifies and concludes, as the page would. */
  async drop(
    content: DropContent,
    forms: readonly (readonly [string, ExportForm])[] = [],
  ): Promise<ConcludedMessage> {
    await this.engine.receive({ kind: "open", epoch: this.#epoch, content, forms });
    for (const unit of this.#fresh.splice(0)) {
      await this.verify(unit);
    }
    return this.conclude();
  }

  async dropFiles(files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>) {
    return this.drop({
      kind: "files",
      files: Object.entries(files).map(([path, content]) => ({ path, file: new Blob([content]) })),
    });
  }

  async verify(unit: Unit): Promise<void> {
    const member = this.#members.get(unit.member);
    if (member === undefined) {
      throw new Error("a unit came before its member");
    }
    const records = readUnit(blobSource(member.blob), unit, member.bounds);
    const { result, texts, letters } = await verifyUnit(unit, records, this.#platform);
    const rows = result.receipts.count + letters.length;
    if (rows > 0 && !this.inserted.includes(unit.rowBase)) {
      this.inserted.push(unit.rowBase);
      this.batches.push({
        rowBase: unit.rowBase,
        rows,
        receipts: receiptBatch(member.path, result, texts),
        deadLetters: deadLetterBatch(member.path, unit.rowBase, letters),
      });
    }
    this.engine.takeResult(result);
  }

  /** `kept` tells what a database with little room took, where it did not take everything. */
  async conclude(
    partial = false,
    kept: { readonly inserted: readonly number[]; readonly notIndexed: number } = {
      inserted: this.inserted,
      notIndexed: 0,
    },
  ): Promise<ConcludedMessage> {
    await this.engine.receive({
      kind: "conclude",
      epoch: this.#epoch,
      ask: 1,
      results: 0,
      partial,
      inserted: [...kept.inserted],
      notIndexed: kept.notIndexed,
    });
    const last = this.heard.at(-1);
    if (last?.kind !== "concluded") {
      throw new Error(`instead of a conclusion: ${JSON.stringify(last)}`);
    }
    return last;
  }

  #hear(message: FromEngine): void {
    this.heard.push(message);
    if (message.kind === "member") {
      this.#members.set(message.member.id, message.member);
    }
    if (message.kind === "units") {
      this.units.push(...message.units);
      this.#fresh.push(...message.units);
    }
  }
}

type Hasher = Awaited<ReturnType<typeof createSHA256>>;

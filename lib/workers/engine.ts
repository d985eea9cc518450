import { FINDINGS } from "@/kernel/findings.ts";
import type { DecisionEvents } from "@/lib/denials/model.ts";
import { expandInputs } from "@/lib/ingest/expand.ts";
import type { ExportForm } from "@/lib/ingest/kafka/export-form.ts";
import { planUnits, roomOf } from "@/lib/ingest/plan.ts";
import type { IngestFinding, Member, Unit } from "@/lib/ingest/record.ts";
import { blobSource } from "@/lib/ingest/sources.ts";
import { answerRules } from "@/lib/rules/answer.ts";
import { indexCapabilities } from "@/lib/verification/capability-index.ts";
import type { Conclusion } from "@/lib/verification/conclude.ts";
import { Dataset } from "@/lib/verification/dataset.ts";
import { decisionEvents } from "@/lib/verification/decision-events.ts";
import { delegationsOf } from "@/lib/verification/delegations.ts";
import { type KnownCapability, knownCapability } from "@/lib/verification/known-capability.ts";
import type { UnitResult } from "@/lib/verification/unit-result.ts";
import { absencesOf } from "./absences.ts";
import { answerChain } from "./chain-desk.ts";
import { conclusionStreams } from "./conclusion-streams.ts";
import { deadLetterDetail } from "./dead-letter-detail.ts";
import { DropLedger } from "./drop-ledger.ts";
import type { DropFiles, EnginePorts } from "./engine-ports.ts";
import { FileCards } from "./file-cards.ts";
import { packRecords } from "./pack-records.ts";
import type { DropContent, MemberMessage, ToEngine } from "./protocol.ts";
import { receiptDetail } from "./receipt-detail.ts";
import { rejectedRows } from "./rejected-rows.ts";
import { TrustDesk } from "./trust-desk.ts";

/** Milliseconds between two sets of cards while units come in. */
const CARD_BEAT = 250;

type Conclude = Extract<ToEngine, { kind: "conclude" }>;
type Received = Exclude<ToEngine, { kind: "start" | "connect" | "warm" }>;

/**
 * Everything of a run that is not done unit by unit: expanding and hashing what was dropped, planning,
 * gathering results, relating them, and looking at single receipts again. Knows no worker and no page.
 */
export class Engine {
  readonly #ports: EnginePorts;
  #dataset = new Dataset();
  #cards = new FileCards();
  #drops = new DropLedger();
  #trust: TrustDesk;
  #members = new Map<number, Member>();
  #units = new Map<number, Unit>();
  #results = new Set<number>();
  #waiting: { results: number; go: () => void } | null = null;
  #stopping = new AbortController();
  #opening: Promise<void> = Promise.resolve();
  #forms: ReadonlyMap<string, ExportForm> = new Map();
  #epoch = 0;
  #nextInput = 0;
  #nextMember = 0;
  #nextRow = 0;
  #read = { files: 0, bytes: 0 };
  #cardTimer: ReturnType<typeof setTimeout> | null = null;
  /** Capabilities by id, as of this many records. */
  #capabilities: { records: number; of: (id: string) => KnownCapability | null } | null = null;

  #decisions: { readonly of: Conclusion; readonly events: DecisionEvents } | null = null;

  constructor(ports: EnginePorts) {
    this.#ports = ports;
    this.#trust = new TrustDesk(ports.platform.primitives);
  }

  async receive(message: Received): Promise<void> {
    switch (message.kind) {
      case "open":
        this.#epoch = message.epoch;
        this.#stopping = new AbortController();
        this.#opening = this.#opening.then(() => {
          this.#forms = new Map(message.forms);
          return this.#open(message.epoch, message.content);
        });
        await this.#opening;
        return;
      case "unit-lost":
        this.#noteLost(message.unit, message.reason);
        return;
      case "conclude":
        await this.#conclude(message);
        return;
      case "pin":
        this.#trust.pin(message.id);
        this.#showCards();
        return;
      case "unpin-all":
        this.#trust.unpinAll();
        this.#showCards();
        return;
      case "detail":
        await this.#answer(message.ask, async () => {
          const { platform } = this.#ports;
          const detail = await receiptDetail(this.#dataset, this.#members, message.row, platform);
          this.#ports.post({ kind: "detail", ask: message.ask, detail });
        });
        return;
      case "capability": {
        const capability = knownCapability(this.#dataset.others, message.id);
        this.#ports.post({ kind: "capability", ask: message.ask, capability });
        return;
      }
      case "records":
        await this.#answer(message.ask, () => this.#tellRecords(message.ask, message.rows));
        return;
      case "chain":
        await this.#answer(message.ask, async () => {
          const delegations = delegationsOf(this.#dataset.others);
          const answer = answerChain(this.#concluded().chain, message.question, delegations);
          this.#ports.post({ kind: "chain", ask: message.ask, answer });
        });
        return;
      case "rules":
        await this.#answer(message.ask, async () => {
          const answer = answerRules(this.#events(), message.question);
          this.#ports.post({ kind: "rules", ask: message.ask, answer });
        });
        return;
      case "dead-letter":
        await this.#answer(message.ask, async () => {
          const detail = await deadLetterDetail(this.#dataset, this.#members, message.record);
          this.#ports.post({ kind: "dead-letter", ask: message.ask, detail });
        });
        return;
      case "stop":
        this.#stopping.abort();
        return;
      case "clear":
        this.#clear();
        return;
    }
  }

  /** Takes a unit's result once; a unit that was given to two verifiers may come twice. */
  takeResult(result: UnitResult): void {
    if (!this.#units.has(result.rowBase) || this.#results.has(result.rowBase)) {
      return;
    }
    this.#results.add(result.rowBase);
    this.#dataset.add(result);
    this.#cards.add(result);
    this.#drops.add(result);
    this.#cardTimer ??= setTimeout(() => this.#showCards(), CARD_BEAT);
    if (this.#waiting !== null && this.#results.size >= this.#waiting.results) {
      this.#waiting.go();
      this.#waiting = null;
    }
  }

  async #open(epoch: number, content: DropContent): Promise<void> {
    try {
      for (const files of await this.#contentOf(epoch, content)) {
        await this.#expand(epoch, files);
      }
    } catch (error) {
      if (!this.#stopping.signal.aborted) {
        this.#ports.post({ kind: "failed", message: String(error) });
      }
    }
    if (epoch === this.#epoch) {
      this.#showCards();
      this.#ports.post({ kind: "planned", epoch });
    }
  }

  async #contentOf(epoch: number, content: DropContent): Promise<readonly DropFiles[]> {
    switch (content.kind) {
      case "files":
        return [content.files];
      case "sample":
        return this.#ports.sample(content.name);
      case "make-log": {
        const { receipts } = content;
        const onProgress = (done: number): void => {
          const note = `${done.toLocaleString("en-US")} receipts made`;
          this.#ports.post({ kind: "reading", epoch, done, total: receipts, note });
        };
        return [await this.#ports.makeLog(receipts, onProgress, this.#stopping.signal)];
      }
    }
  }

  async #expand(epoch: number, dropped: DropFiles): Promise<void> {
    const files = this.#drops.distinct(dropped);
    const firstInput = this.#nextInput;
    this.#nextInput += files.length;
    const drop = this.#drops.begin();
    for (const [index, { path, file }] of files.entries()) {
      this.#cards.addInput(drop, firstInput + index, path, file.size);
    }
    const { bytes: before } = this.#read;
    const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
    this.#read = { files: this.#read.files + files.length, bytes: before + bytes };
    const count = this.#read.files;
    const note = `${count === 1 ? "1 file" : `${count} files`}, hashed while reading`;
    const total = before + bytes;
    const steps = expandInputs(
      files.map(({ path, file }) => ({ path, source: blobSource(file) })),
      {
        ...this.#ports.expand,
        signal: this.#stopping.signal,
        firstMemberId: this.#nextMember,
        readAs: (name) => this.#forms.get(name),
        onProgress: (done) =>
          this.#ports.post({ kind: "reading", epoch, done: before + done, total, note }),
      },
    );
    for await (const step of steps) {
      if (epoch !== this.#epoch) {
        return;
      }
      switch (step.kind) {
        case "input": {
          const input = firstInput + step.input;
          const path = files[step.input]?.path ?? "";
          this.#dataset.addInput({ ...step, input, path });
          this.#cards.recognised(input, step.recognisedAs);
          break;
        }
        case "hash":
          this.#dataset.setHash(step.member, step.sha256);
          break;
        case "finding":
          this.#addFinding({ ...step.finding, input: firstInput + step.finding.input });
          break;
        case "member":
          await this.#plan(epoch, drop, { ...step.member, input: firstInput + step.member.input });
          break;
      }
    }
  }

  async #plan(epoch: number, drop: number, member: Member): Promise<void> {
    this.#nextMember = member.id + 1;
    this.#members.set(member.id, member);
    const { source, bounds: _, ...info } = member;
    this.#dataset.addMembers([{ ...info, size: source.size }]);
    this.#cards.addMember(member);
    this.#drops.addMember(drop, member);
    const units = planUnits([member], this.#nextRow);
    for (const unit of units) {
      this.#units.set(unit.rowBase, unit);
      this.#nextRow = unit.rowBase + roomOf(unit);
    }
    const message: MemberMessage = {
      kind: "member",
      id: member.id,
      path: member.path,
      table: member.table,
      blob: source.transferable ?? new Blob([new Uint8Array(await source.read(0, source.size))]),
      bounds: member.bounds,
    };
    if (units.length > 0) {
      this.#ports.post({ kind: "member", epoch, member: message });
      this.#ports.post({ kind: "units", epoch, units });
    }
  }

  async #conclude(message: Conclude): Promise<void> {
    const { epoch, ask } = message;
    try {
      await this.#allResults(message.results);
      if (epoch !== this.#epoch) {
        return;
      }
      this.#noteNotIndexed(message.notIndexed);
      for (const found of this.#drops.trustFiles(this.#dataset)) {
        this.#trust.take(found);
      }
      const dataset = this.#dataset;
      const conclusion = await dataset.conclude({
        trust: this.#trust.bundle(),
        trustInputs: this.#trust.inputs,
        platform: this.#ports.platform,
        partial: message.partial,
        onProgress: (stage, done, total) =>
          this.#ports.post({ kind: "concluding", epoch, stage, done, total }),
        pause: this.#ports.pause,
      });
      if (epoch !== this.#epoch) {
        return;
      }
      this.#cards.finish();
      const tables = conclusionStreams(dataset, conclusion, message.inserted);
      const buffers = Object.values(tables).flatMap((streams) =>
        streams.map(({ buffer }) => buffer),
      );
      this.#ports.post(
        {
          kind: "concluded",
          epoch,
          ask,
          verdict: conclusion.verdict,
          files: this.#cards.cards(),
          rejects: rejectedRows(dataset),
          trust: this.#trust.state(),
          absences: absencesOf(dataset.rows, conclusion.sequences),
          tables,
        },
        buffers.filter(isUnshared),
      );
    } catch (error) {
      this.#ports.post({ kind: "conclusion-failed", epoch, ask, message: describe(error) });
    }
  }

  #allResults(results: number): Promise<void> {
    return this.#results.size >= results
      ? Promise.resolve()
      : new Promise((go) => {
          this.#waiting = { results, go };
        });
  }

  /** Answers a question, or says why there is no answer. */
  async #answer(ask: number, tell: () => Promise<void>): Promise<void> {
    try {
      await tell();
    } catch (error) {
      this.#ports.post({ kind: "detail-failed", ask, message: describe(error) });
    }
  }

  async #tellRecords(ask: number, rows: readonly number[]): Promise<void> {
    const { others } = this.#dataset;
    if (this.#capabilities?.records !== others.length) {
      this.#capabilities = { records: others.length, of: indexCapabilities(others) };
    }
    const pack = await packRecords(this.#dataset, this.#members, rows, this.#capabilities.of);
    this.#ports.post({ kind: "records", ask, pack }, [pack.bytes.buffer]);
  }

  /** @throws Error before the first conclusion */
  #concluded(): Conclusion {
    const { conclusion } = this.#dataset;
    if (conclusion === null) {
      throw new Error("the files are still being read");
    }
    return conclusion;
  }

  /** The decisions of the last conclusion; they are listed when they are first asked for. */
  #events(): DecisionEvents {
    const conclusion = this.#concluded();
    if (this.#decisions?.of !== conclusion) {
      this.#decisions = { of: conclusion, events: decisionEvents(this.#dataset, conclusion) };
    }
    return this.#decisions.events;
  }

  #noteLost(unit: Unit, reason: string): void {
    const member = this.#members.get(unit.member);
    if (member !== undefined) {
      this.#addFinding({
        code: "FMT-011",
        input: member.input,
        path: member.path,
        line: null,
        expected: `octets ${unit.start} to ${unit.end}`,
        actual: `not read: ${reason}`,
      });
    }
  }

  /** The number may change from one conclusion to the next: only the last one is told. */
  #noteNotIndexed(receipts: number): void {
    const { ingestFindings } = this.#dataset;
    const known = ingestFindings.findIndex(({ code }) => code === "LIM-004");
    if (known >= 0) {
      ingestFindings.splice(known, 1);
    }
    const first = this.#dataset.inputs[0];
    if (receipts > 0 && first !== undefined) {
      this.#addFinding({
        code: "LIM-004",
        input: first.input,
        path: first.path,
        line: null,
        expected: FINDINGS["LIM-004"].meaning,
        actual: `${receipts} receipts are verified, but not in the table`,
      });
    }
  }

  #addFinding(finding: IngestFinding): void {
    this.#dataset.addIngestFinding(finding);
    this.#cards.damaged(finding.input);
  }

  #showCards(): void {
    if (this.#cardTimer !== null) {
      clearTimeout(this.#cardTimer);
      this.#cardTimer = null;
    }
    this.#ports.post({
      kind: "cards",
      epoch: this.#epoch,
      files: this.#cards.cards(),
      trust: this.#trust.state(),
    });
  }

  /** Members and rows are never numbered anew, so what is late cannot be mistaken for what is new. */
  #clear(): void {
    this.#stopping.abort();
    this.#epoch += 1;
    this.#dataset = new Dataset();
    this.#capabilities = null;
    this.#decisions = null;
    this.#cards = new FileCards();
    this.#drops = new DropLedger();
    this.#trust = new TrustDesk(this.#ports.platform.primitives);
    this.#members = new Map();
    this.#units = new Map();
    this.#results = new Set();
    this.#read = { files: 0, bytes: 0 };
    this.#waiting?.go();
    this.#waiting = null;
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function isUnshared(buffer: ArrayBufferLike): buffer is ArrayBuffer {
  return buffer instanceof ArrayBuffer;
}

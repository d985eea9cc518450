import { expect } from "vitest";
import type { TrustBundle } from "@/kernel/trust/trust-bundle.ts";
import { Database } from "@/lib/database/database.ts";
import { deadLetterBatch } from "@/lib/database/dead-letter-batch.ts";
import { receiptBatch } from "@/lib/database/receipt-batch.ts";
import type { UnitStreams } from "@/lib/database/streams.ts";
import { nodeEngine } from "@/lib/database/testing/node-engine.ts";
import { BAR_SECONDS, type StormTruth } from "@/lib/demo/storm/model.ts";
import type { DecisionEvents } from "@/lib/denials/model.ts";
import { askDenialHistogram, askDenialTotals, askPatterns } from "@/lib/queries/ask-denials.ts";
import { DEFAULT_PARTS, EVERY_DENIAL } from "@/lib/queries/denial-model.ts";
import { decisionEvents } from "@/lib/verification/decision-events.ts";
import { PLATFORM, read } from "@/lib/verification/testing/verify.ts";
import { conclusionStreams } from "@/lib/workers/conclusion-streams.ts";

/** Reads, checks and concludes files as the page does, into its columns of decisions and its database. */
export async function load(
  files: Readonly<Record<string, string>>,
  trust: TrustBundle | null,
): Promise<{ readonly events: DecisionEvents; readonly database: Database }> {
  const units: UnitStreams[] = [];
  const dataset = await read(files, {
    onUnit: ({ result, texts, letters }, { rowBase }, path) => {
      const rows = result.receipts.count + letters.length;
      if (rows > 0) {
        units.push({
          rowBase,
          rows,
          receipts: receiptBatch(path, result, texts),
          deadLetters: deadLetterBatch(path, rowBase, letters),
        });
      }
    },
  });
  const conclusion = await dataset.conclude({ trust, platform: PLATFORM, partial: false });
  const database = await Database.lay(await nodeEngine());
  for (const unit of units) {
    await database.writer.insert(unit);
  }
  await database.writer.flush();
  const inserted = units.map(({ rowBase }) => rowBase);
  await database.writer.replaceConclusion(conclusionStreams(dataset, conclusion, inserted));
  return { events: decisionEvents(dataset, conclusion), database };
}

/** Holds what the Denials page is answered against what was counted. */
export async function expectDatabase(database: Database, truth: StormTruth): Promise<void> {
  const everything = { ...EVERY_DENIAL, claims: true };
  expect(await askDenialTotals(database, everything, DEFAULT_PARTS)).toMatchObject({
    denials: truth.denials,
    claims: truth.claims,
    verified: truth.denials - truth.claims,
    patterns: truth.patterns.length,
    everyReceipt: truth.receipts,
    range: { from: truth.first, to: truth.last },
  });
  const { patterns } = await askPatterns(database, everything, DEFAULT_PARTS);
  const found = patterns.map((pattern) => ({
    name: `${pattern.key.guard} ${pattern.key.tool} ${pattern.key.reason}`,
    denials: pattern.denials,
    claims: pattern.claims,
    agents: pattern.agents,
    scopes: pattern.scopes,
    first: pattern.first,
    last: pattern.last,
  }));
  expect(found.sort(byName)).toEqual(
    truth.patterns
      .map(({ guard, tool, reason, keys: _, agents, scopes, ...counted }) => ({
        name: `${guard} ${tool} ${reason}`,
        ...counted,
        agents: agents.length,
        scopes: scopes.length,
      }))
      .sort(byName),
  );
  await expectBars(database, truth);
}

async function expectBars(database: Database, truth: StormTruth): Promise<void> {
  const from = truth.first - (truth.first % 86_400);
  const day = { ...EVERY_DENIAL, claims: true, time: { from, to: from + 86_400 } };
  const { binSeconds, bins, guards } = await askDenialHistogram(database, day, 144);
  expect(binSeconds).toBe(BAR_SECONDS);
  const totals = new Map<number, number>();
  const byGuard = new Map<string, number>();
  for (const { second, guard, denials } of truth.bars) {
    totals.set(second, (totals.get(second) ?? 0) + denials);
    byGuard.set(`${second} ${guard}`, denials);
  }
  const nonEmpty = bins.filter(({ total }) => total > 0);
  expect(nonEmpty.map((bin) => [bin.from, bin.total])).toEqual(
    [...totals].sort(([a], [b]) => a - b),
  );
  for (const bin of nonEmpty) {
    const counted = guards.map(({ guard }) => byGuard.get(`${bin.from} ${guard}`) ?? 0);
    expect(bin.counts, `bar ${bin.from}`).toEqual(counted);
  }
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

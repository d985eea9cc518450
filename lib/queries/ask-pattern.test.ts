import { expect, it } from "vitest";
import { Database } from "@/lib/database/database.ts";
import { nodeEngine } from "@/lib/database/testing/node-engine.ts";
import type { ChainAnswer, NodeAnswer } from "@/lib/graph/questions.ts";
import { Bench } from "@/lib/workers/testing/bench.ts";
import { askPatterns } from "./ask-denials.ts";
import { askPattern } from "./ask-pattern.ts";
import { askOrder } from "./ask-receipts.ts";
import { DEFAULT_PARTS, EVERY_DENIAL } from "./denial-model.ts";
import { DENIALS } from "./denials.ts";

async function neighboursOf(bench: Bench, row: number): Promise<NodeAnswer> {
  const question = { name: "node", ask: `r${row}` } as const;
  await bench.engine.receive({ kind: "chain", ask: 1, question });
  const heard = bench.heard.at(-1);
  if (heard?.kind !== "chain" || heard.answer === null || !isNode(heard.answer)) {
    throw new Error("no neighbours were told");
  }
  return heard.answer;
}

function isNode(answer: ChainAnswer): answer is NodeAnswer {
  return typeof answer === "object" && answer !== null && "parents" in answer;
}

it("tells where a pattern stands in its chains, as the index of links has it", async () => {
  const bench = await Bench.make();
  const { tables } = await bench.drop({ kind: "sample", name: "choreography" });
  const database = await Database.lay(await nodeEngine());
  for (const unit of bench.batches) {
    await database.writer.insert(unit);
  }
  await database.writer.flush();
  await database.writer.replaceConclusion(tables);
  const { patterns } = await askPatterns(database, EVERY_DENIAL, DEFAULT_PARTS);
  const told = { denials: 0, caused: 0, missing: 0, followed: 0 };
  for (const { key } of patterns) {
    const { chain } = await askPattern(database, EVERY_DENIAL, key);
    told.denials += chain.denials;
    told.caused += chain.caused;
    told.missing += chain.missing;
    told.followed += chain.followed;
  }
  const expected = { denials: 0, caused: 0, missing: 0, followed: 0 };
  for (const row of await askOrder(database, DENIALS, { column: "time", descending: false })) {
    const { parents, children } = await neighboursOf(bench, row);
    const isLoaded = parents.links.some(({ facts }) => facts.key.startsWith("r"));
    expected.denials += 1;
    expected.caused += isLoaded ? 1 : 0;
    expected.missing += parents.total > 0 && !isLoaded ? 1 : 0;
    expected.followed += children.total > 0 ? 1 : 0;
  }
  expect(told).toEqual(expected);
  expect(expected.denials).toBeGreaterThan(0);
  expect(expected.caused).toBeGreaterThan(0);
});

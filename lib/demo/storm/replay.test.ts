import { expect, test } from "vitest";
import { parseJson } from "@/kernel/json/parse.ts";
import { asText, isObject, type JsonObject, member } from "@/kernel/json/value.ts";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { makeDemoKeys } from "@/lib/playground/demo-keys.ts";
import { Replay } from "@/lib/playground/replay/replay-denials.ts";
import { knownCapability } from "@/lib/verification/known-capability.ts";
import { linesOf, recordOf } from "../manifest.ts";
import { webSign } from "../web-sign.ts";
import { stormSample } from "./sample.ts";
import { grantedCapability, TOKENS } from "./walkthrough.ts";

test("the topic granted would have allowed all but those under the right to small messages", async () => {
  const sample = await stormSample({
    primitives: nodePlatform().primitives,
    sign: await webSign(),
  });
  const { truth } = sample;
  const textOf = (end: string) => sample.files.find(({ path }) => path.endsWith(end))?.text;
  const tokens = linesOf(textOf(TOKENS)).map(recordOf);
  const id = truth.replay.capability;
  const loaded = tokens.find((token) => token["id"] === id) ?? null;
  const replay = Replay.open(
    {
      capability: grantedCapability(),
      loaded,
      signing: "demo",
      datesMadeUp: false,
      policy: null,
      pinned: [],
    },
    { demo: makeDemoKeys((target) => target.fill(3)) },
  );
  if (!replay.ok) {
    throw new Error(replay.error);
  }
  for (const token of tokens) {
    const name = asText(member(token, "id")) ?? "";
    const known = knownCapability(tokens.map(placed), name);
    if (known !== null) {
      replay.value.learn(name, known);
    }
  }
  const outcomes: Record<string, number> = {};
  for (const line of linesOf(textOf("receipts.ndjson"))) {
    if (line.includes(`"tool_name":"${truth.top.tool}"`)) {
      const receipt = recordOf(line)["receipt"];
      const { outcome } = replay.value.judge(isObject(receipt) ? receipt : undefined);
      const name =
        outcome.kind === "denied" && outcome.byConstraint ? "refused by a constraint" : outcome.kind;
      outcomes[name] = (outcomes[name] ?? 0) + 1;
    }
  }
  expect(outcomes).toEqual({
    allowed: truth.replay.allowed,
    "refused by a constraint": truth.replay.refusedByConstraint,
  });
});

function placed(value: JsonObject) {
  return {
    kind: "capability" as const,
    value,
    line: 1,
    offset: 0,
    length: 0,
    pointer: "",
    signature: "fits" as const,
    innerFits: true,
    key: null,
    sha256: null,
    anchored: null,
    member: 0,
    unit: 0,
  };
}
void parseJson;

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseJson } from "@/kernel/json/parse.ts";
import { isObject, type JsonObject } from "@/kernel/json/value.ts";
import { TRUST_SCHEMA } from "@/kernel/trust/trust-file.ts";
import { writeRuleFile } from "@/lib/rules/rule-file.ts";
import { writeSigma } from "@/lib/rules/sigma.ts";
import { STARTER_RULES } from "@/lib/rules/starters.ts";
import { ruleOf } from "@/lib/rules/testing/rules.ts";
import { keyOf, seedOf } from "@/lib/verification/testing/keys.ts";
import { ndjsonOf, type Step } from "@/lib/verification/testing/steps.ts";
import { type Bench, bench } from "./testing/run-in.ts";

const denied = (id: string, at: number, tool: string, service = "robot"): Step => ({
  id,
  at,
  tool,
  service,
  decision: "deny",
});

/** Three scopes within ten minutes at the fourth denial; again at the sixth, in its cooldown. */
const NIGHT: readonly Step[] = [
  { id: "allowed-1", at: 0, tool: "events:consume:orders", service: "robot" },
  denied("denied-1", 10, "events:consume:payments"),
  denied("denied-2", 20, "events:consume:payments"),
  denied("denied-3", 30, "events:consume:payouts"),
  denied("denied-4", 609, "events:consume:ledger"),
  denied("denied-5", 620, "events:consume:ledger"),
  denied("denied-6", 625, "events:consume:payments"),
  denied("denied-7", 3000, "events:consume:payouts"),
  denied("other-1", 40, "events:consume:payments", "human"),
];
const PROBING = ruleOf({
  id: "probing",
  name: "Scope probing",
  severity: "high",
  groupBy: ["service"],
  measure: { kind: "distinct", field: "scope" },
  windowSeconds: 600,
  threshold: 3,
  cooldownSeconds: 1800,
});
const TRUST = JSON.stringify({
  schema: TRUST_SCHEMA,
  keys: [
    {
      role: "kernel",
      key: keyOf(seedOf("kernel")),
      valid_from: null,
      valid_until: null,
      retired_at: null,
      note: "",
    },
  ],
});

let on: Bench;
beforeAll(async () => {
  const edited = ndjsonOf(NIGHT).replaceAll('"no such grant"', '"no such thing"');
  on = await bench({
    "rules.json": writeRuleFile([PROBING]),
    "more.json": writeRuleFile([
      PROBING,
      ruleOf({ id: "storm", name: "Storm", threshold: 100, windowSeconds: 60 }),
      ruleOf({ id: "off", name: "Off", isEnabled: false, threshold: 1 }),
    ]),
    "storm.json": writeRuleFile([ruleOf({ id: "storm", name: "Storm", threshold: 100 })]),
    "rules.yml": writeSigma([PROBING]).text,
    "starters.json": writeRuleFile(STARTER_RULES),
    "bad.json": writeRuleFile([{ ...PROBING, windowSeconds: 0 }]),
    "temporal.yml": writeSigma([PROBING]).text.replace("value_count", "temporal"),
    "trust.json": TRUST,
    "night.ndjson": ndjsonOf(NIGHT),
    "quiet.ndjson": ndjsonOf(NIGHT.slice(0, 1)),
    "edited.ndjson": edited,
    "hostile.ndjson": ndjsonOf(
      ["\u001b[2J", "__proto__", "<script>", "a\u202eb"].map((topic, index) =>
        denied(`hostile-${index}`, index, `events:consume:${topic}`, topic),
      ),
    ),
    "empty.ndjson": "",
    "cut.ndjson": ndjsonOf(NIGHT).slice(0, -40),
    "elsewhere.json": writeRuleFile([
      ruleOf({
        id: "elsewhere",
        name: "Elsewhere",
        threshold: 100,
        conditions: [{ field: "service", operator: "is", values: ["nobody"] }],
      }),
      ruleOf({ id: "storm", name: "Storm", threshold: 100 }),
    ]),
  });
});
afterAll(() => on.remove());

const run = (...words: readonly string[]) => on.chio(["rules", "run", ...words]);

function json(text: string): JsonObject {
  const parsed = parseJson(text);
  return parsed.ok && isObject(parsed.value.value) ? parsed.value.value : {};
}

const ALERT = {
  rule: "probing",
  severity: "high",
  at: 1_776_270_871 + 609,
  since: 1_776_270_871 + 10,
  group: [{ field: "service", value: "robot" }],
  measure: 3,
  threshold: 3,
  events: 4,
  receipts: ["denied-1", "denied-2", "denied-3", "denied-4"],
  claims: [],
  held: 1,
  held_until: 1_776_270_871 + 609 + 1800,
};

describe("chio rules run", () => {
  test("says when a rule would have fired, on which receipts, and exits 4", async () => {
    const { code, text, complaints } = await run(
      "rules.json",
      "night.ndjson",
      "--trust",
      "trust.json",
    );
    expect({ code, complaints }).toEqual({ code: 4, complaints: "" });
    expect(text.replace(/[0-9a-f]{16}/u, "ALERT")).toBe(
      `Scope probing (high): fired 1 time, 1 more held back
  2026-04-15 16:44:40 UTC  service robot  3 different of scope in 4 denials  since 16:34:41; 1 more held until 17:14:40
    ALERT: denied-1, denied-2, denied-3 and 1 more
1 rule over 9 decisions
`,
    );
  });

  test("says the same as JSON, with a name for each alert that stays", async () => {
    const first = await run("more.json", "night.ndjson", "--trust", "trust.json", "--json");
    expect(first.code).toBe(4);
    const document = json(first.text);
    expect(document).toEqual({
      schema: "chio-explorer.alerts.v1",
      headline: "verified",
      trust_mode: "pinned",
      decisions: 9,
      rules: [
        {
          id: "probing",
          name: "Scope probing",
          severity: "high",
          evidence: "verified",
          ...{ fired: 1, held: 1, denials: 8, groups: 2, peak: 3, threshold: 3 },
          not_counted: { unverified: 0, claims: 0 },
        },
        expect.objectContaining({ id: "storm", fired: 0, peak: 4 }),
      ],
      switched_off: ["off"],
      alerts_left_out: 0,
      alerts: [{ id: expect.stringMatching(/^[0-9a-f]{16}$/u), ...ALERT }],
    });
    const again = await run(
      "rules.yml",
      "night.ndjson",
      "quiet.ndjson",
      "--trust=trust.json",
      "--json",
    );
    expect(json(again.text)["alerts"]).toEqual(document["alerts"]);
  });

  test("runs what is switched off when told", async () => {
    const off = await run("starters.json", "night.ndjson", "--trust", "trust.json");
    expect(off.code).toBe(2);
    expect(off.complaints).toContain("no rule of the file is switched on; --all runs every one");
    const all = await run(
      "starters.json",
      "night.ndjson",
      "--all",
      "--json",
      "--trust",
      "trust.json",
    );
    expect(all.code).toBe(4);
    expect(json(all.text)["rules"]).toHaveLength(6);
  });

  test("counts nothing unverified, says so and exits 2", async () => {
    const { code, text, complaints } = await run("rules.json", "night.ndjson");
    expect(code).toBe(2);
    expect(text).toContain("Scope probing (high): did not fire");
    expect(complaints).toBe(
      `chio rules run: probing did not count 8 denials that cannot be verified (evidence: verified)
chio rules run: NOTHING CHECKED: no denial was counted, since no key is pinned: name a trust file with --trust, or say --evidence signed
`,
    );
    expect((await run("rules.json", "night.ndjson", "--evidence", "signed")).code).toBe(4);
  });

  test("never counts what does not verify, however it is asked", async () => {
    const { code, complaints } = await run(
      "rules.json",
      "edited.ndjson",
      "--evidence",
      "everything",
    );
    expect(code).toBe(2);
    expect(complaints).toContain("what was read does not verify; chio verify says what and where");
    expect(complaints).toContain("NOTHING CHECKED");
  });

  test("exits 0 where nothing fired and something was looked at", async () => {
    expect(await run("storm.json", "night.ndjson", "--trust", "trust.json")).toEqual({
      code: 0,
      text: `Storm (medium): did not fire
  counted 8 denials; at most 2 in a window, 100 would fire
1 rule over 9 decisions
`,
      complaints: "",
    });
    expect((await run("storm.json", "quiet.ndjson")).code).toBe(0);
  });

  test("exits 2 where one rule had nothing to look at and the other counted nothing", async () => {
    const { code, complaints } = await run("elsewhere.json", "night.ndjson");
    expect(code).toBe(2);
    expect(complaints).toContain("NOTHING CHECKED");
    expect((await run("elsewhere.json", "night.ndjson", "--trust", "trust.json")).code).toBe(0);
  });

  test("says that rows could not be read", async () => {
    const { code, complaints } = await run("storm.json", "cut.ndjson", "--trust", "trust.json");
    expect(code).toBe(0);
    expect(complaints).toContain("chio rules run: 1 row could not be read\n");
  });

  test("exits 2 where no decision was read", async () => {
    const { code, complaints } = await run("storm.json", "empty.ndjson");
    expect(code).toBe(2);
    expect(complaints).toContain("NOTHING CHECKED: no decision was read");
  });

  test("lets no log steer a terminal", async () => {
    await on.chio(["rules", "check", "rules.json"]);
    const each = await on.chio(["rules", "run", "-", "hostile.ndjson", "--evidence=signed"], {
      stdin: writeRuleFile([
        ruleOf({ id: "each", name: "\u001b[31mEach", threshold: 1, groupBy: ["service"] }),
      ]),
    });
    expect(each.code).toBe(4);
    expect(each.text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(each.text).toContain("__proto__");
  });

  test.each([
    [["run"], "no rules were named"],
    [["run", "rules.json"], "no path was given"],
    [["run", "-", "-"], "standard input can be read once"],
    [
      ["run", "rules.json", "night.ndjson", "--evidence", "all"],
      "--evidence is one of verified, signed, everything, not all",
    ],
    [["run", "rules.json", "night.ndjson", "--read-as", "x"], "--read-as knows these forms"],
    [["run", "none.json", "night.ndjson"], "rules none.json: cannot be read"],
    [
      ["run", "bad.json", "night.ndjson"],
      "[out-of-range] line 18, /rules/0/window_seconds: 0 is out of range; use a whole number",
    ],
    [["run", "temporal.yml", "night.ndjson"], "[sigma-unsupported]"],
    [["run", "rules.json", "absent.ndjson"], "absent.ndjson"],
    [["check"], "no rules were named"],
    [["check", "a", "b"], "unexpected word b"],
    [["storm"], "unknown command storm"],
    [[], "usage: chio rules run"],
  ])("refuses %j", async (words, sentence) => {
    const { code, complaints, text } = await on.chio(["rules", ...words]);
    expect({ code, text }).toEqual({ code: 2, text: "" });
    expect(complaints).toContain(sentence);
  });
});

describe("chio rules check and export", () => {
  test("lists the rules of a file", async () => {
    expect(await on.chio(["rules", "check", "more.json"])).toEqual({
      code: 0,
      text: "probing: Scope probing (high)\nstorm: Storm (medium)\noff: Off (medium, switched off)\n3 rules can be run\n",
      complaints: "",
    });
  });

  test("turns either form into the other", async () => {
    const sigma = await on.chio(["rules", "export", "--sigma", "rules.json"]);
    expect(sigma).toEqual({ code: 0, text: writeSigma([PROBING]).text, complaints: "" });
    const own = await on.chio(["rules", "export", "rules.yml"]);
    expect(own).toEqual({ code: 0, text: writeRuleFile([PROBING]), complaints: "" });
  });

  test("names what Sigma cannot say", async () => {
    const { code, complaints, text } = await on.chio([
      "rules",
      "export",
      "--sigma",
      "starters.json",
    ]);
    expect(code).toBe(2);
    expect(complaints).toContain(
      "[sigma-inexpressible] /4/measure: Sigma correlations cannot say a ratio",
    );
    expect(text.match(/^correlation:$/gmu)).toHaveLength(5);
  });

  test("helps", async () => {
    const { code, text } = await on.chio(["rules", "run", "--help"]);
    expect(code).toBe(0);
    expect(text).toContain("usage: chio rules run RULES PATH...");
  });
});

import { describe, expect, it } from "vitest";
import type { Alert, Rule } from "@/lib/rules/model.ts";
import { ruleOf } from "@/lib/rules/testing/rules.ts";
import { AlertDesk, type AlertPorts } from "./alerts.ts";

const ALERT: Alert = {
  rule: "a",
  severity: "high",
  at: 10,
  since: 5,
  group: [],
  measure: 3,
  threshold: 3,
  events: 3,
  rows: [1, 2, 3],
  records: [],
  held: 2,
  heldUntil: 40,
};

class Surroundings implements AlertPorts {
  now: number | null = 1;
  list: readonly Rule[] = [ruleOf({ id: "a" }), ruleOf({ id: "b", isEnabled: false })];
  readonly asked: string[][] = [];
  readonly kept: number[] = [];
  problem: string | null = null;

  readonly revision = () => this.now;
  readonly rules = () => this.list;
  readonly evaluate: AlertPorts["evaluate"] = async (rules) => {
    this.asked.push(rules.map(({ id }) => id));
    if (this.problem !== null) throw new Error(this.problem);
    return { alerts: [ALERT], fired: { a: { fired: 1, held: 2 } } };
  };
  readonly keep: AlertPorts["keep"] = async (alerts) => {
    this.kept.push(alerts.length);
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("the alert desk", () => {
  it("asks about the rules that are on, once for each change", async () => {
    const around = new Surroundings();
    const desk = new AlertDesk(around);
    desk.refresh();
    desk.refresh();
    await settled();
    desk.refresh();
    await settled();
    expect(around.asked).toEqual([["a"]]);
    expect(desk.snapshot()).toMatchObject({ total: 1, isAsking: false, problem: null });
    around.now = 2;
    desk.refresh();
    await settled();
    expect(around.asked).toHaveLength(2);
  });

  it("asks once more where something changed while it asked", async () => {
    const around = new Surroundings();
    const desk = new AlertDesk(around);
    desk.refresh();
    around.list = [ruleOf({ id: "c" })];
    desk.refresh();
    await settled();
    await settled();
    expect(around.asked).toEqual([["a"], ["c"]]);
  });

  it("forgets alerts when no rule is on, in the database too", async () => {
    const around = new Surroundings();
    const desk = new AlertDesk(around);
    desk.refresh();
    await settled();
    around.list = [];
    desk.refresh();
    await settled();
    expect(desk.snapshot()).toMatchObject({ total: 0, alerts: [] });
    expect(around.kept).toEqual([1, 0]);
  });

  it("says why it could not ask, and asks again after a change", async () => {
    const around = new Surroundings();
    around.problem = "the engine died";
    const desk = new AlertDesk(around);
    desk.refresh();
    await settled();
    expect(desk.snapshot()).toMatchObject({ problem: "the engine died", isAsking: false });
    around.problem = null;
    around.now = 2;
    desk.refresh();
    await settled();
    expect(desk.snapshot()).toMatchObject({ total: 1, problem: null });
  });
});

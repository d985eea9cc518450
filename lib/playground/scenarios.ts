import type { JsonObject } from "@/kernel/json/value.ts";
import { demoKey } from "@/lib/demo/keys.ts";
import type { UsedBefore } from "./model.ts";

export interface Scenario {
  readonly name: "topic" | "path" | "budget";
  readonly title: string;
  readonly note: string;
  /** A token's body; the page's throw-away authority signs it. */
  readonly capability: JsonObject;
  readonly request: JsonObject;
  /** Unix seconds. */
  readonly clock: number;
  readonly used: UsedBefore;
}

const DAY = 1_776_297_600;
const CLOCK = 1_776_305_354;

function token(id: string, agent: string, grants: readonly JsonObject[]): JsonObject {
  return {
    id,
    subject: demoKey(agent).key,
    issued_at: DAY,
    expires_at: DAY + 86_400,
    scope: { grants },
  };
}

function grant(server: string, tool: string, more: JsonObject = {}): JsonObject {
  return { server_id: server, tool_name: tool, operations: ["invoke"], ...more };
}

/** Three calls that are denied, each by another part of the kernel. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: "topic",
    title: "A topic that was not granted",
    note: "scope match",
    capability: token("cap-research-0042", "research-agent-group", [
      grant("streams", "events:consume:research-tasks"),
      grant("streams", "events:consume:urgent-tasks"),
      grant("web", "search", { max_invocations: 500 }),
    ]),
    request: {
      agent: demoKey("research-agent-group").key,
      server_id: "streams",
      tool: "events:consume:payments",
      params: { topic: "payments", partition: 0, offset: 88_120, key: "inv-7731" },
    },
    clock: CLOCK,
    used: { invocations: "", spent: "" },
  },
  {
    name: "path",
    title: "A secret file through a tool of another name",
    note: "forbidden-path",
    capability: token("cap-reports-0107", "report-writer", [
      grant("files", "*"),
      grant("reports", "render_report", { max_invocations: 40 }),
    ]),
    request: {
      agent: demoKey("report-writer").key,
      server_id: "files",
      tool: "render_template",
      params: { template: "weekly", include: ["intro.md", "/etc/shadow"], pages: 4 },
    },
    clock: CLOCK,
    used: { invocations: "", spent: "" },
  },
  {
    name: "budget",
    title: "A budget that is used up",
    note: "cost",
    capability: token("cap-pay-0117", "payment-service", [
      grant("payments", "charge_payment", {
        max_invocations: 200,
        max_cost_per_invocation: { units: 15_000, currency: "EUR" },
        max_total_cost: { units: 500_000, currency: "EUR" },
      }),
    ]),
    request: {
      agent: demoKey("payment-service").key,
      server_id: "payments",
      tool: "charge_payment",
      params: { order_id: "ord-20417", amount: "120.00", currency: "EUR" },
    },
    clock: CLOCK,
    used: { invocations: "41", spent: "492000" },
  },
];

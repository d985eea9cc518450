import { isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import type { KnownCapability } from "@/lib/verification/known-capability.ts";
import { layOutJson } from "./json-layout.ts";
import type { PlaygroundInput } from "./model.ts";
import { SCENARIOS, type Scenario } from "./scenarios.ts";

/** Columns of the request's editor, which has the narrower pane. */
export const REQUEST_WIDTH = 48;

/** What is being tried out, and where it came from. */
export interface Draft extends Omit<PlaygroundInput, "pinnedIssuers"> {
  readonly origin: Origin;
}

export type Origin = { readonly kind: "scenario"; readonly title: string } | ReceiptOrigin;

/** A draft that was filled from a signed receipt. */
export interface ReceiptOrigin {
  readonly kind: "receipt";
  readonly row: number;
  /** As the Receipts page names it. */
  readonly name: string;
  readonly denied: boolean;
  readonly guard: string;
  readonly reason: string;
  /** Unix seconds; null where the receipt has none. */
  readonly timestamp: number | null;
  /** `template`: the token is not loaded, its scope is empty here. */
  readonly capability: "token" | "lineage" | "template";
}

export function draftOfScenario(scenario: Scenario): Draft {
  return {
    capability: layOutJson(scenario.capability),
    loaded: null,
    signing: "demo",
    request: layOutJson(scenario.request, REQUEST_WIDTH),
    clock: String(scenario.clock),
    policy: null,
    used: scenario.used,
    origin: { kind: "scenario", title: scenario.title },
  };
}

/** What the page begins with. */
export function firstDraft(): Draft {
  const [first] = SCENARIOS;
  if (first === undefined) {
    throw new Error("there is a scenario");
  }
  return draftOfScenario(first);
}

/**
 * The call of a receipt as a draft: server, tool, parameters, time and agent as the receipt says, and its
 * capability where it is loaded. Where it is not, the token is a template with an empty scope: what it
 * granted cannot be told from the receipt.
 */
export function draftOfReceipt(
  receipt: JsonObject,
  about: Omit<ReceiptOrigin, "kind" | "capability">,
  loaded: KnownCapability | null,
): Draft {
  const agent = subjectOf(receipt);
  const clock = about.timestamp ?? 0;
  const body =
    loaded === null
      ? template(member(receipt, "capability_id") ?? "", agent, clock)
      : loaded.kind === "token"
        ? loaded.token
        : loaded.body;
  const action = member(receipt, "action");
  const request: JsonObject = {
    agent: agent === "" ? (member(body, "subject") ?? "") : agent,
    server_id: member(receipt, "tool_server") ?? "",
    tool: member(receipt, "tool_name") ?? "",
    params: isObject(action) ? (member(action, "parameters") ?? {}) : {},
  };
  return {
    capability: layOutJson(body),
    loaded: loaded?.kind === "token" ? loaded.token : null,
    signing: "demo",
    request: layOutJson(request, REQUEST_WIDTH),
    clock: String(clock),
    policy: null,
    used: { invocations: "", spent: "" },
    origin: { kind: "receipt", ...about, capability: loaded?.kind ?? "template" },
  };
}

/** `metadata.attribution.subject_key`: the agent that the kernel saw. */
function subjectOf(receipt: JsonObject): JsonValue {
  const metadata = member(receipt, "metadata");
  const attribution = isObject(metadata) ? member(metadata, "attribution") : undefined;
  return isObject(attribution) ? (member(attribution, "subject_key") ?? "") : "";
}

function template(id: JsonValue, subject: JsonValue, clock: number): JsonObject {
  return {
    id,
    subject,
    issued_at: Math.max(0, clock - 3_600),
    expires_at: clock + 3_600,
    scope: { grants: [] },
  };
}

import { boundaryOf, presentedCapability } from "@/kernel/evaluation/read-request.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { asText, isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import type { Result } from "@/kernel/result.ts";
import { hashHex } from "@/kernel/texts.ts";
import { evaluateLive } from "../../live/evaluate-live.ts";
import { uuid7 } from "../../receipt-nonce.ts";
import { heldToHint, subjectOf } from "../../sidecar/decide-tool.ts";
import { HEADER } from "../../sidecar/http-call.ts";
import { MIB } from "../limits.ts";
import { MemberReader, objectBody } from "../members.ts";
import { answer, type HttpProblem, refusal } from "../problem.ts";
import type { Route } from "../route.ts";

/**
 * `POST /v1/evaluate {capability_id, tool_server, tool_name, parameters, parameter_hash}`: the question of the
 * Python client, answered by the receipt alone, for allow and deny (kernel semantics 5.3). The token is the
 * one in `X-Chio-Capability`, or the one that this server issued under the id. The caller runs the tool.
 */
export const toolEvaluateRoute: Route = {
  method: "POST",
  path: "/v1/evaluate",
  access: "data",
  rate: "evaluate",
  bodyLimit: 10 * MIB,
  errors: "sidecar",
  async handle({ body, headers }, shell) {
    const read = readToolCall(body);
    if (!read.ok) {
      return refusal(read.error, "sidecar");
    }
    const { capabilityId, serverId, toolName, parameters, parameterHash, sent } = read.value;
    const header = headers.get(HEADER);
    const known = header ?? shell.issued.tokenById(capabilityId);
    const capability = heldToHint(presentedCapability(known), capabilityId);
    const { receipt } = await evaluateLive(
      {
        capability,
        call: {
          requestId: sent ?? `req-${uuid7(shell.live.clock())}`,
          agentId: subjectOf(capability),
          serverId,
          toolName,
          arguments: parameters,
          boundary: boundaryOf(toolName),
          sessionId: null,
          model: null,
          roots: null,
        },
        dpop: member(read.value.body, "dpop") ?? null,
        parent: null,
        dispatch: false,
        metadata: hashNote(parameters, parameterHash, shell.live.primitives),
      },
      shell.live,
    );
    return answer(receipt);
  },
};

interface ToolQuestion {
  readonly capabilityId: string;
  readonly serverId: string;
  readonly toolName: string;
  readonly parameters: JsonValue;
  readonly parameterHash: string | null;
  /** The caller's own name for the request. */
  readonly sent: string | null;
  readonly body: JsonObject;
}

function readToolCall(body: JsonValue): Result<ToolQuestion, HttpProblem> {
  const object = objectBody(body);
  if (!object.ok) {
    return object;
  }
  const reader = new MemberReader(object.value);
  const name = Object.hasOwn(object.value, "parameters") ? "parameters" : "arguments";
  const parameters = member(object.value, name) ?? {};
  if (name === "parameters" && Object.hasOwn(object.value, "arguments")) {
    // Which of the two the caller runs cannot be known.
    reader.refuse("arguments", "no arguments beside the parameters");
  }
  // The client's model of a receipt holds an object here.
  if (!isObject(parameters)) {
    reader.refuse(name, "an object");
  }
  return reader.done({
    capabilityId: reader.text("capability_id"),
    serverId: reader.text("tool_server"),
    toolName: reader.text("tool_name"),
    parameters,
    parameterHash: reader.optionalText("parameter_hash"),
    sent: asText(member(object.value, "request_id")) ?? null,
    body: object.value,
  });
}

/** The Python client escapes what RFC 8785 leaves as it is, so its hash may differ: ours counts, and that is said. */
function hashNote(
  parameters: JsonValue,
  claimed: string | null,
  primitives: Primitives,
): JsonObject {
  const same = claimed === null || claimed === hashHex(canonicalize(parameters), primitives);
  return same ? {} : { parameter_hash_mismatch: { claimed } };
}

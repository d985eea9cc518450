import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { publicKeyOf } from "@/kernel/crypto/ed25519.ts";
import { toHex } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { asText, isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { bundle } from "../../scripts/bundle.mjs";
import type { Acknowledged, CrashTarget } from "./crash-target.ts";

const CONTROL_TOKEN = "control-token-of-the-crash-tests-0123456789";
const AGENT = toHex(publicKeyOf(new Uint8Array(32).fill(0x2a)));
/** Requests in flight at a time, so that commits hold several. */
const LANES = 6;

/** `chio serve` in a process of its own, asked over HTTP: what is acknowledged is what a client has read. */
export async function serverTarget(): Promise<CrashTarget> {
  const program: string = await bundle("lib/cli/main.ts", "chio");
  return {
    name: "server",
    start(directory, round) {
      const child = spawn(
        process.execPath,
        [program, "serve", "--port", "0", "--data", directory],
        {
          stdio: ["ignore", "pipe", "pipe"],
          env: {
            ...process.env,
            CHIO_CONTROL_TOKEN: CONTROL_TOKEN,
            CHIO_CHECKPOINT_EVERY: "25",
            CHIO_CHECKPOINT_SECONDS: "1",
          },
        },
      );
      const exited = once(child, "close");
      const acknowledged: Acknowledged[] = [];
      let alive = true;
      const load = addressOf(child).then(async (address) => {
        const token = await issued(address, round);
        const lanes = Array.from({ length: LANES }, async (_, lane) => {
          for (let number = lane; alive; number += LANES) {
            acknowledged.push(await evaluated(address, token, `${round}-${number}`));
          }
        });
        await Promise.race([...lanes, firstOf(acknowledged)]);
        return lanes;
      });
      return {
        working: load.then(() => undefined),
        async kill() {
          alive = false;
          child.kill("SIGKILL");
          await exited;
          // Requests that the kill cut off were never answered, so nothing is owed for them.
          await load.then((lanes) => Promise.allSettled(lanes)).catch(() => undefined);
          return acknowledged;
        },
      };
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    let errors = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const found = text.match(/http:\/\/[^,]+/);
      if (found !== null) {
        resolve(found[0]);
      }
    });
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      errors += chunk;
    });
    child.on("close", () => reject(new Error(`the server ended by itself: ${errors}`)));
  });
}

async function firstOf(acknowledged: readonly Acknowledged[]): Promise<void> {
  while (acknowledged.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A capability with a price, so that every allowed call takes a hold. */
async function issued(address: string, round: number): Promise<JsonObject> {
  return await post(
    `${address}/v1/capabilities`,
    {
      subject: AGENT,
      ttl_seconds: 3600,
      scope: {
        grants: [
          {
            server_id: `srv-${round}`,
            tool_name: "*",
            operations: ["invoke"],
            max_cost_per_invocation: { units: 1, currency: "EUR" },
            max_total_cost: { units: 1_000_000, currency: "EUR" },
          },
        ],
      },
    },
    { authorization: `Bearer ${CONTROL_TOKEN}` },
  );
}

/** Every fourth call is denied: a denial is acknowledged like an allow. */
async function evaluated(address: string, token: JsonObject, name: string): Promise<Acknowledged> {
  const [round, number] = name.split("-");
  const answer = await post(`${address}/api/evaluate`, {
    mode: "live",
    capability: token,
    request: {
      request_id: name,
      agent_id: AGENT,
      server_id: Number(number) % 4 === 0 ? "elsewhere" : `srv-${round}`,
      tool_name: "note",
      arguments: { text: name },
    },
  });
  const receipt = objectAt(answer, "receipt");
  const authority = objectAt(objectAt(receipt, "metadata"), "budget_authority");
  return {
    id: asText(member(receipt, "id")) ?? "",
    seq: null,
    child: false,
    hold: asText(member(authority, "hold_id")) ?? null,
    nonce: null,
  };
}

async function post(
  url: string,
  body: JsonValue,
  headers: Readonly<Record<string, string>> = {},
): Promise<JsonObject> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: canonicalize(body),
  });
  const text = await response.text();
  const parsed = parseJson(text);
  if (!response.ok || !parsed.ok || !isObject(parsed.value.value)) {
    throw new Error(`${url} answered ${response.status}: ${text.slice(0, 200)}`);
  }
  return parsed.value.value;
}

function objectAt(object: JsonObject, name: string): JsonObject {
  const value = member(object, name);
  return isObject(value) ? value : {};
}

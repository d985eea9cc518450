import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_LIMITS, MIB } from "@/lib/server/http/limits.ts";
import { question } from "./agent.ts";
import { at, startServer, type TestServer, type TestServerOptions } from "./server.ts";

const servers: TestServer[] = [];
async function start(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await startServer(options);
  servers.push(server);
  return server;
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** For what changes nothing: opening a kernel takes longer than asking one. */
let shared: TestServer;
beforeAll(async () => {
  shared = await startServer({
    environment: { CHIO_ALLOWED_HOSTS: "kernel.example, other.example:8443" },
  });
});
afterAll(async () => {
  await shared.close();
});

const JSON_TYPE = { "Content-Type": "application/json" };

/** A body that keeps coming, without a length. */
function endless(octets: number): ReadableStream<Uint8Array> {
  let left = octets;
  return new ReadableStream({
    pull(controller) {
      if (left <= 0) {
        controller.close();
        return;
      }
      left -= 64 * 1024;
      controller.enqueue(new Uint8Array(64 * 1024).fill(0x20));
    },
  });
}

describe("bodies are counted as they come", () => {
  test("12 MB are refused with 413, with a length and without, and the server goes on", async () => {
    const server = shared;
    const big = " ".repeat(12_000_000);
    for (const path of ["/chio/evaluate", "/api/evaluate", "/v1/evaluate", "/chio/verify"]) {
      const whole = { method: "POST", headers: JSON_TYPE, body: big };
      expect((await server.send(path, whole)).status, path).toBe(413);
    }
    const streamed = { method: "POST", headers: JSON_TYPE, body: endless(12_000_000) };
    const chunked: RequestInit = Object.assign(streamed, { duplex: "half" });
    expect((await server.send("/chio/evaluate", chunked)).status).toBe(413);
    expect((await server.get("/chio/health")).status).toBe(200);
  });

  test("exactly the limit is read, one octet more is not", async () => {
    const server = shared;
    const of = (octets: number) => ({
      method: "POST",
      headers: JSON_TYPE,
      body: `{}${" ".repeat(octets - 2)}`,
    });
    expect((await server.send("/chio/verify", of(MIB))).status).toBe(200);
    expect((await server.send("/chio/verify", of(MIB + 1))).status).toBe(413);
  });

  test("a body that does not arrive is not waited for", async () => {
    const server = await start({ limits: { bodyMilliseconds: 100 } });
    const status = await new Promise<number>((resolve, reject) => {
      const asked = request(`${server.url}/chio/verify`, {
        method: "POST",
        headers: { ...JSON_TYPE, "Content-Length": "100" },
      });
      asked.on("response", (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      asked.on("error", reject);
      asked.write("{");
    });
    expect(status).toBe(408);
  });

  test.each([
    ["not JSON", "{"],
    ["a member twice", '{"a":1,"a":2}'],
    ["half a surrogate pair", '{"a":"\\ud800"}'],
    ["a number beyond JSON", "[NaN]"],
    ["nested too deeply", `${"[".repeat(200)}${"]".repeat(200)}`],
    ["nothing", ""],
  ])("%s is refused", async (_name, body) => {
    const asked = { method: "POST", headers: JSON_TYPE, body };
    const answer = await shared.send("/api/evaluate", asked);
    expect(answer.status).toBe(400);
    expect(at(answer.json, "error", "code")).toBe("bad-json");
  });

  test("what is not UTF-8 is refused", async () => {
    const body = new Uint8Array([0x22, 0xff, 0x22]);
    const answer = await shared.send("/api/evaluate", { method: "POST", headers: JSON_TYPE, body });
    expect(answer.status).toBe(400);
  });
});

describe("headers", () => {
  test("more of them than are read, or longer, are refused", async () => {
    const server = await start({ limits: { headerCount: 20, headerOctets: 2000 } });
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`x-${at}`, "1"]));
    expect((await server.get("/chio/health", { headers: many })).status).toBe(431);
    const long = { "x-long": "a".repeat(2000) };
    expect((await server.get("/chio/health", { headers: long })).status).toBe(431);
    expect((await server.get("/chio/health")).status).toBe(200);
  });

  test.each([
    ["evil.example", 403],
    ["127.0.0.1.evil.example", 403],
    ["evil.example:127.0.0.1", 403],
    ["localhost", 200],
    ["LOCALHOST:9", 200],
    ["[::1]:3000", 200],
    ["kernel.example", 200],
    ["kernel.example:8443", 200],
    ["other.example:8443", 200],
    ["other.example", 403],
  ])("the Host %s gives %i", async (host, status) => {
    expect(await statusOf(shared, `GET /chio/health HTTP/1.1\r\nHost: ${host}\r\n`)).toBe(status);
  });

  test("forwarded headers open nothing", async () => {
    const forged = "X-Forwarded-Host: localhost\r\nForwarded: host=localhost\r\n";
    const line = `GET /chio/health HTTP/1.1\r\nHost: evil.example\r\n${forged}`;
    expect(await statusOf(shared, line)).toBe(403);
  });

  test("an address with an authority of its own leads nowhere", async () => {
    const line = "GET http://evil.example/chio/health HTTP/1.1\r\nHost: localhost\r\n";
    expect(await statusOf(shared, line)).toBe(404);
  });
});

describe("rates", () => {
  const rates = {
    ...DEFAULT_LIMITS.rates,
    read: { perSecond: 0.001, burst: 3 },
    refused: { perSecond: 0.001, burst: 2 },
    control: { perSecond: 0.001, burst: 4 },
  };

  test("a class that is used up answers 429, and the others go on", async () => {
    const server = await start({ limits: { rates } });
    const statuses: number[] = [];
    for (let time = 0; time < 4; time += 1) {
      statuses.push((await server.get("/chio/health")).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await server.get("/api/trust-bundle")).headers.get("retry-after")).toBe("1");
    expect((await server.post("/api/evaluate", question(null))).status).toBe(200);
  });

  test("who guesses the token cannot keep the operator out", async () => {
    const server = await start({ limits: { rates } });
    const guess = () => server.get("/emergency-status", { headers: { Authorization: "Bearer x" } });
    const statuses: number[] = [];
    for (let time = 0; time < 4; time += 1) {
      statuses.push((await guess()).status);
    }
    expect(statuses).toEqual([401, 401, 429, 429]);
    expect((await server.get("/emergency-status", { control: true })).status).toBe(200);
  });

  test("a full house takes nobody in, and lets in again who waited", async () => {
    const server = await start({ limits: { inFlight: 0 } });
    expect((await server.get("/chio/health")).status).toBe(429);
    const roomy = await start({ limits: { inFlight: 1 } });
    for (let time = 0; time < 3; time += 1) {
      expect((await roomy.get("/chio/health")).status).toBe(200);
    }
  });

  test("an answer that takes too long is none", async () => {
    const server = await start({
      limits: { answerMilliseconds: 50 },
      change: (shell) => ({
        ...shell,
        live: {
          ...shell.live,
          log: { ...shell.live.log, append: () => new Promise(() => undefined) },
        },
      }),
    });
    const answer = await server.post("/api/evaluate", question(null));
    expect(answer.status).toBe(503);
    expect(at(answer.json, "error", "code")).toBe("timeout");
  });
});

test("a bug is the operator's to read, and the caller's not", async () => {
  const server = await start({
    change: (shell) => ({
      ...shell,
      health: () => {
        throw new Error("/home/operator/keys");
      },
    }),
  });
  const answer = await server.get("/chio/health");
  expect(answer.status).toBe(500);
  expect(answer.json).toEqual({
    error: "chio_evaluation_failed",
    message: "The request could not be handled.",
  });
  expect(server.reported).toHaveLength(1);
});

/** The status that a request written octet by octet gets: `fetch` writes its own Host. */
function statusOf({ url }: TestServer, lines: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      resolve(Number(chunk.toString("latin1").split(" ")[1]));
      socket.destroy();
    });
    socket.write(`${lines}Connection: close\r\n\r\n`);
  });
}

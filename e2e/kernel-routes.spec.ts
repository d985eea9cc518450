import { chmod, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { documentPolicy } from "../scripts/policy.mjs";
import { expect, go, offlineReady, PAGES, start, test } from "./fixtures.ts";
import { openForeignOrigin } from "./foreign-origin.ts";
import { issueTo } from "./kernel-calls.ts";
import {
  type Answer,
  INTERRUPTED,
  type Json,
  type KernelServer,
  startInVain,
  startKernelServer,
} from "./kernel-server.ts";

let directory: string;
let data: string;
let server: KernelServer;
/** Every answer that a test had, to be searched for secrets at the end. */
const answers: string[] = [];

test.beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "chio-routes-"));
  data = join(directory, "data");
  server = await startKernelServer(data);
});
test.afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

function control(): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${server.token}` };
}

function kept(answer: Answer): Answer {
  answers.push(JSON.stringify([...answer.headers]), answer.text);
  return answer;
}

const get = async (path: string, headers?: Readonly<Record<string, string>>) =>
  kept(await server.get(path, headers));
const post = async (path: string, body: Json, headers?: Readonly<Record<string, string>>) =>
  kept(await server.post(path, body, headers));

/** How many receipts of tool calls the log holds. */
async function logged(): Promise<number> {
  return Number((await get("/v1/receipts/query", control())).json["totalCount"]);
}

const CALL = {
  request_id: "req-routes",
  method: "GET",
  route_pattern: "/chio/tools/files/read_file",
  path: "/chio/tools/files/read_file",
  query: {},
  headers: {},
  caller: { subject: "shop", auth_method: { method: "anonymous" } },
  timestamp: 1_800_000_000,
  tool_server: "files",
  tool_name: "read_file",
  arguments: { path: "/srv/shop/report.txt" },
} as const;

test("a body of 12 MB is refused whole, never cut and judged", async () => {
  const before = await logged();
  const filler = "x".repeat(12 * 1024 * 1024);
  for (const path of ["/chio/evaluate", "/v1/evaluate"]) {
    const answer = await post(path, { ...CALL, parameters: {}, filler });
    expect(answer.status, path).toBe(413);
    expect(answer.json["error"], path).toBe("chio_bad_request");
  }
  const whole = { mode: "live", capability: null, request: { arguments: { filler } } };
  const answer = await post("/api/evaluate", whole);
  expect(answer.status).toBe(413);
  expect(answer.json["error"]).toMatchObject({ code: "body-too-large" });
  expect(await logged()).toBe(before);
});

test("a page of another origin can neither ask nor read", async ({ page, complaints }) => {
  const before = await logged();
  const foreign = await openForeignOrigin();
  try {
    await page.goto(foreign.url);
    const outcomes = await page.evaluate(
      async ({ url, call }) => {
        const outcome = (path: string, init: RequestInit) =>
          fetch(url + path, init).then(
            ({ type }) => type,
            () => "refused",
          );
        const json = { "content-type": "application/json" };
        const plain = { "content-type": "text/plain" };
        return [
          await outcome("/chio/evaluate", { method: "POST", headers: json, body: call }),
          await outcome("/chio/evaluate", { method: "POST", headers: plain, body: call }),
          // Sent without asking first, as any page can: what comes back is hidden from it.
          await outcome("/chio/evaluate", {
            method: "POST",
            mode: "no-cors",
            headers: plain,
            body: call,
          }),
          await outcome("/api/trust-bundle", {}),
        ];
      },
      { url: server.url, call: JSON.stringify(CALL) },
    );
    expect(outcomes.filter((one) => one !== "refused" && one !== "opaque")).toEqual([]);
    const form = `<form method="post" enctype="text/plain" action="${server.url}/chio/evaluate">
      <input name='${JSON.stringify(CALL).slice(0, -1)},"x":"' value='"}'><button>Post</button></form>`;
    await page.setContent(form);
    await page.getByRole("button", { name: "Post" }).click();
    await expect(page.getByText("Requests of other origins are refused")).toBeVisible();
    // The page is not one of ours: whatever the browser says of it is said of an intruder.
    await page.waitForLoadState("networkidle");
    complaints.forget(/./);
  } finally {
    await foreign.close();
  }
  expect(await logged()).toBe(before);
});

test("a request under a foreign name is refused, with and without a token", async () => {
  const { port } = new URL(server.url);
  for (const path of ["/chio/health", "/api/trust-bundle", "/v1/receipts/query"]) {
    for (const host of ["rebound.example", `rebound.example:${port}`, "127.0.0.1.example"]) {
      expect(await statusUnder(host, path), `${path} under ${host}`).toBe(403);
    }
    expect(await statusUnder(`localhost:${port}`, path)).toBe(200);
  }
});

function statusUnder(host: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { ...control(), host };
    const asked = httpRequest(server.url + path, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on("error", reject);
    asked.end();
  });
}

const CONTROL = [
  ["POST", "/v1/capabilities"],
  ["POST", "/v1/capabilities/attenuate"],
  ["POST", "/v1/revocations"],
  ["GET", "/v1/receipts/query"],
  ["GET", "/v1/receipts/analytics"],
  ["GET", "/v1/lineage/cap-1"],
  ["GET", "/v1/lineage/cap-1/chain"],
  ["GET", "/api/evidence"],
  ["POST", "/api/keys/rotate"],
  ["POST", "/emergency-stop"],
  ["POST", "/emergency-resume"],
  ["GET", "/emergency-status"],
] as const;

test("control needs the token, health and the trust bundle need none", async () => {
  const wrong = `${server.token.slice(0, -1)}${server.token.endsWith("A") ? "B" : "A"}`;
  for (const [method, path] of CONTROL) {
    for (const headers of [{}, { authorization: `Bearer ${wrong}` }]) {
      const asked = method === "GET" ? get(path, headers) : post(path, {}, headers);
      expect((await asked).status, `${method} ${path}`).toBe(401);
    }
  }
  const health = await get("/chio/health");
  expect([health.status, health.json["status"]]).toEqual([200, "healthy"]);
  expect((await get("/api/trust-bundle")).json["schema"]).toBe("chio-explorer.trust.v1");
});

test("a tool call by GET without a token is denied, with receipts that verify", async () => {
  const before = await logged();
  const answer = await post("/chio/evaluate", CALL);
  expect(answer.status).toBe(200);
  expect(answer.json["verdict"]).toMatchObject({ verdict: "deny", guard: "CapabilityGuard" });
  const receipt = Object(answer.json["receipt"]);
  expect((await post("/chio/verify", receipt)).json).toEqual({ valid: true });
  expect((await post("/chio/verify", { ...receipt, method: "PUT" })).json).toEqual({
    valid: false,
  });
  expect(await logged()).toBe(before + 1);
});

test("answers are kept by nobody and are no pages", async () => {
  const agent = await issueTo(server);
  const asked = [
    await get("/chio/health"),
    await get("/api/trust-bundle"),
    await get("/v1/receipts/query", control()),
    await get("/v1/lineage/unknown", control()),
    await get("/v1/receipts/query"),
    await get("/api/evidence", control()),
    await post("/chio/evaluate", CALL),
    await post("/v1/evaluate", { no: "call" }),
    await post("/v1/capabilities/validate", agent.files),
    await get("/v1/nothing/here"),
  ];
  for (const { headers, status, text } of asked.slice(0, -1)) {
    const what = `${status} ${text.slice(0, 80)}`;
    expect(headers.get("cache-control"), what).toBe("no-store");
    expect(headers.get("x-content-type-options"), what).toBe("nosniff");
    expect(headers.get("content-type"), what).toMatch(/^application\/(json|zip)/);
    expect(headers.get("access-control-allow-origin"), what).toBeNull();
    expect(headers.get("x-powered-by"), what).toBeNull();
  }
  const hashes = /'sha256-[A-Za-z0-9+/]{43}='/g;
  for (const { headers } of asked) {
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toBe(documentPolicy(policy.match(hashes) ?? []));
  }
});

test("the server fetches nothing for anyone", async () => {
  const url = encodeURIComponent("/api/trust-bundle");
  expect((await get(`/_next/image?url=${url}&w=64&q=75`)).status).toBe(404);
});

test("no page asks the kernel for anything by itself", async ({ page, context }) => {
  await start(page, server.url);
  await offlineReady(page);
  const asked: string[] = [];
  context.on("request", (request) => asked.push(request.url()));
  for (const { path, name } of PAGES) {
    await go(page, name);
    await expect(page).toHaveURL((url) => url.pathname === path);
    await page.waitForLoadState("networkidle");
  }
  expect(asked.filter((url) => !/^(blob|data):/.test(url))).toEqual([]);
});

test("what the server must not tell is in no page, no answer and no line of its output", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const { token } = server;
  const secrets = [token, Buffer.from(token).toString("base64"), ...(await privateKeys())];
  expect(secrets.length).toBeGreaterThanOrEqual(2 + 5 * 3);
  await post("/v1/capabilities", { subject: "no key" }, control());
  await post("/v1/capabilities", { [token]: token }, { authorization: `Bearer ${token}x` });
  await post("/api/evaluate", { mode: token }, control());
  await get(`/v1/lineage/${"%ff"}`, control());
  const rotated = await post("/api/keys/rotate", { role: "kernel" }, control());
  expect(rotated.status, rotated.text).toBe(200);
  secrets.push(...(await privateKeys()));
  await get("/api/evidence", control());

  const bodies: Promise<string>[] = [];
  page.on("response", (response) => {
    // The engines are the same octets for everyone, and megabytes of them.
    if (!/\.wasm$/.test(response.url())) bodies.push(response.text().catch(() => ""));
  });
  // Ready to go offline, it has fetched the parts of every page; what is left is each as a document.
  await page.goto(server.url);
  await offlineReady(page);
  for (const { path } of PAGES) {
    expect((await get(path)).status).toBe(200);
  }
  const texts = [...answers, ...(await Promise.all(bodies)), server.output()];
  const seen = texts.map((text) => text.toLowerCase());
  expect(seen.length).toBeGreaterThan(answers.length + PAGES.length);
  for (const [index, secret] of secrets.entries()) {
    // Not by toContain: a failure must not print the secret either.
    const found = seen.filter((text) => text.includes(secret.toLowerCase()));
    expect(found.length, `texts that hold secret ${index}`).toBe(0);
  }
});

/** The private keys of every role as hexadecimal digits and in two other spellings. */
async function privateKeys(): Promise<readonly string[]> {
  const folder = join(data, "keys");
  const spellings: string[] = [];
  for (const name of await readdir(folder)) {
    const file: Json = JSON.parse(await readFile(join(folder, name), "utf8"));
    const seed = typeof file["seed"] === "string" ? Buffer.from(file["seed"], "hex") : null;
    if (seed?.length !== 32) continue;
    spellings.push(seed.toString("hex"), seed.toString("base64"), seed.toString("base64url"));
  }
  return spellings;
}

test("the data directory is its owner's alone and one process's at a time", async () => {
  const modes = new Set<string>();
  for (const entry of await readdir(data, { recursive: true, withFileTypes: true })) {
    const { mode } = await stat(join(entry.parentPath, entry.name));
    modes.add(`${entry.isDirectory() ? "folder" : "file"} ${(mode & 0o777).toString(8)}`);
  }
  expect([...modes].sort()).toEqual(["file 600", "folder 700"]);
  expect((await stat(data)).mode & 0o777).toBe(0o700);

  const second = await startInVain(data);
  expect(second.code).toBe(1);
  expect(second.output).toMatch(/kernel\.lock is held by process \d+\. \(directory-held\)/);
  expect((await get("/chio/health")).status).toBe(200);
  expect(server.output()).toContain(`control token in ${data}`);
});

test("after Ctrl-C the directory is free, and after a kill too", async () => {
  const before = await logged();
  expect(await server.stop()).toBe(INTERRUPTED);
  server = await startKernelServer(data);
  expect(await logged()).toBe(before);
  await server.kill();
  server = await startKernelServer(data);
  expect(await logged()).toBe(before);
});

test("a control token that others can read stops the start with its reason", async () => {
  expect(await server.stop()).toBe(INTERRUPTED);
  await chmod(join(data, "control-token"), 0o644);
  const refused = await startInVain(data);
  expect(refused.code).toBe(1);
  expect(refused.output).toMatch(/control-token.*readable-by-others/);
  await chmod(join(data, "control-token"), 0o600);
  server = await startKernelServer(data);
});

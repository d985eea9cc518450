import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "@/lib/server/http/limits.ts";
import { matchPath } from "@/lib/server/http/route.ts";
import { ROUTES } from "@/lib/server/http/route-table.ts";
import { at, CONTROL_TOKEN, startServer, type TestServer } from "./server.ts";

const APP = join(import.meta.dirname, "../../app");

interface AppRoute {
  readonly path: string;
  readonly text: string;
}

/** The route files under `app/`, with their addresses as the table writes them. */
function appRoutes(): readonly AppRoute[] {
  return readdirSync(APP, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .map((file) => ({
      path: `/${dirname(file).replaceAll("[", "{").replaceAll("]", "}")}`,
      text: readFileSync(join(APP, file), "utf8"),
    }));
}

describe("one table", () => {
  const found = appRoutes();

  test("every route has its file under app, and every file there has its route", () => {
    const files = found.map(({ path }) => path).sort();
    expect(files).toEqual(ROUTES.map(({ path }) => path).sort());
  });

  test("each file serves its own route by the guard, and does nothing else", () => {
    for (const { path, text } of found) {
      const route = ROUTES.find((one) => one.path === path);
      expect(text, path).toMatch(
        new RegExp(`^export const ${route?.method} = serve\\(\\w+Route\\);$`, "m"),
      );
      expect(text.trim().split("\n"), path).toHaveLength(6);
    }
  });

  test("what changes or tells something needs the token; what takes a body has a limit", () => {
    const open = ROUTES.filter(({ access }) => access !== "control").map(({ path }) => path);
    expect(open.sort()).toEqual([
      "/api/evaluate",
      "/api/trust-bundle",
      "/chio/evaluate",
      "/chio/health",
      "/chio/verify",
      "/v1/capabilities/validate",
      "/v1/evaluate",
      "/v1/receipts/verify",
    ]);
    for (const { method, bodyLimit, path } of ROUTES) {
      expect(bodyLimit > 0, path).toBe(method === "POST");
    }
  });
});

describe("every route is guarded", () => {
  let server: TestServer;
  beforeAll(async () => {
    const refused = { perSecond: 1000, burst: 1000 };
    server = await startServer({ limits: { rates: { ...DEFAULT_LIMITS.rates, refused } } });
  });
  afterAll(async () => {
    await server.close();
  });
  const each = ROUTES.map((route) => ({ ...route, place: route.path.replace("{id}", "cap-1") }));
  const init = (method: string, headers: Record<string, string>): RequestInit =>
    method === "GET" ? { method, headers } : { method, headers, body: "{}" };

  test.each(each)("$method $path asks for the token, in constant words", async (route) => {
    const tokens = [null, "", "Bearer", "Bearer x", `Bearer ${CONTROL_TOKEN}x`, CONTROL_TOKEN];
    for (const token of tokens) {
      const headers: Record<string, string> = {
        "Content-Type": "application/json",
        ...(token === null ? {} : { Authorization: token }),
      };
      const answer = await server.send(route.place, init(route.method, headers));
      if (route.access === "control") {
        expect(answer.status).toBe(401);
        expect(answer.headers.get("www-authenticate")).toBe("Bearer");
      } else {
        expect(answer.status).not.toBe(401);
      }
      expect(answer.text).not.toContain(CONTROL_TOKEN);
    }
  });

  test.each(each)("$method $path refuses other origins", async (route) => {
    const own = { Authorization: `bearer ${CONTROL_TOKEN}`, "Content-Type": "application/json" };
    const refused: readonly Record<string, string>[] = [
      { Origin: "http://evil.example" },
      { Origin: "null" },
      { Origin: server.url.replace("http:", "ftp:") },
      { Origin: server.url.replace(/:\d+$/, ":1") },
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
    ];
    for (const headers of refused) {
      const answer = await server.send(route.place, init(route.method, { ...own, ...headers }));
      expect(answer.status, JSON.stringify(headers)).toBe(403);
    }
    const same = { ...own, Origin: server.url, "Sec-Fetch-Site": "same-origin" };
    const answer = await server.send(route.place, init(route.method, same));
    expect(answer.status).not.toBe(403);
  });

  test.each(each.filter(({ method }) => method === "POST"))(
    "POST $path takes JSON alone",
    async (route) => {
      const types = [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin1",
        "application/jsonp",
      ];
      const headers = { Authorization: `Bearer ${CONTROL_TOKEN}` };
      for (const type of types) {
        const asked = init("POST", { ...headers, "Content-Type": type });
        expect((await server.send(route.place, asked)).status, type).toBe(415);
      }
      const packed = { ...headers, "Content-Type": "application/json", "Content-Encoding": "gzip" };
      expect((await server.send(route.place, init("POST", packed))).status).toBe(415);
    },
  );

  test("answers are for no cache and no sniffer", async () => {
    const answer = await server.get("/chio/health");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("other addresses and methods are told so", async () => {
    expect((await server.get("/api/nothing")).status).toBe(404);
    expect((await server.get("//chio/health")).status).toBe(404);
    expect((await server.get("/v1/lineage/%zz", { control: true })).status).toBe(404);
    const wrong = await server.send("/api/evaluate", { method: "PUT", body: "{}" });
    expect(wrong.status).toBe(405);
    expect(at(wrong.json, "error", "message")).toContain("POST");
    expect((await server.send("/chio/health", { method: "HEAD" })).status).toBe(200);
  });
});

test.each<[string, string, Readonly<Record<string, string>> | null]>([
  ["/v1/lineage/{id}", "/v1/lineage/cap%2F1", { id: "cap/1" }],
  ["/v1/lineage/{id}", "/v1/lineage/", null],
  ["/v1/lineage/{id}", "/v1/lineage/a/b", null],
  ["/v1/lineage/{id}", "/v2/lineage/a", null],
  ["/v1/lineage/{id}", "/v1/lineage/%", null],
  ["/chio/health", "/chio/health", {}],
])("the pattern %s and the path %s", (pattern, path, expected) => {
  const found = matchPath(pattern, path);
  expect(found === null ? null : Object.fromEntries(found)).toEqual(expected);
});

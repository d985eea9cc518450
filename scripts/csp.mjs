// After `next build`: gives every page the hashes of its own inline scripts. Next reads response headers
// from the routes manifest of the build, and there is nothing to hash before the build has been made.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { documentPolicy } from "./policy.mjs";
import { root } from "./setup.mjs";

const POLICY = "Content-Security-Policy";

/** Writes the policies into the manifest; returns each route with its number of inline scripts. */
export function writePolicies() {
  const pages = htmlFiles(join(root, ".next/server/app"));
  const anywhere = new Set();
  const routes = [];
  for (const file of pages) {
    const hashes = inlineScriptHashes(readFileSync(file, "utf8"));
    const route = routeOf(file);
    routes.push({ route, scripts: hashes.length, hashes });
    // Error pages are served in place of any route.
    if (route.startsWith("/_")) for (const hash of hashes) anywhere.add(hash);
  }
  const manifestPath = join(root, ".next/routes-manifest.json");
  const manifest = JSON.parse(readFileSync(manifestPath, "utf8"));
  const fallback = manifest.headers.find((rule) => rule.source === "/:path*");
  if (fallback === undefined || pages.length === 0) {
    throw new Error("The build has no pages or no header rules: the policies cannot be written.");
  }
  setPolicy(fallback, documentPolicy([...anywhere]));
  for (const { route, hashes } of routes) {
    if (!route.startsWith("/_")) manifest.headers.push(rule(route, documentPolicy(hashes)));
  }
  writeFileSync(manifestPath, JSON.stringify(manifest));
  return routes.map(({ route, scripts }) => ({ route, scripts }));
}

/** Hashes of the scripts without `src`, as they stand in a policy. Data blocks are not executed. */
export function inlineScriptHashes(html) {
  const hashes = new Set();
  for (const [, attributes = "", body = ""] of html.matchAll(
    /<script\b([^>]*)>([\s\S]*?)<\/script\s*>/gi,
  )) {
    if (/\ssrc\s*=/i.test(attributes)) continue;
    hashes.add(`'sha256-${createHash("sha256").update(body).digest("base64")}'`);
  }
  return [...hashes];
}

function htmlFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith(".html"))
    .sort();
}

function routeOf(file) {
  const path = relative(join(root, ".next/server/app"), file)
    .split(sep)
    .join("/")
    .replace(/\.html$/, "");
  return path === "index" ? "/" : `/${path}`;
}

function setPolicy(headerRule, value) {
  for (const header of headerRule.headers) if (header.key === POLICY) header.value = value;
}

function rule(route, value) {
  const escaped = route.replace(/[^\w/]/g, "\\$&").replaceAll("/", "\\/");
  const regex = route === "/" ? "^\\/(?:\\/)?$" : `^${escaped}(?:\\/)?$`;
  return { source: route, headers: [{ key: POLICY, value }], regex };
}

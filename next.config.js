import { PHASE_DEVELOPMENT_SERVER } from "next/constants.js";
import { documentPolicy, WORKER_POLICY } from "./scripts/policy.mjs";

/** Sent with everything: nothing of a page leaves by a referrer, a sniffed type or an opener. */
const COMMON = [
  { key: "Referrer-Policy", value: "no-referrer" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=()",
  },
];

const YEAR = 31_536_000;
const FOREVER = { key: "Cache-Control", value: "public, max-age=31536000, immutable" };
const WORKER = { key: "Content-Security-Policy", value: WORKER_POLICY };

/** Of two rules that set the same header for one path, the later one wins. */
async function headers() {
  return [
    {
      source: "/:path*",
      headers: [...COMMON, { key: "Content-Security-Policy", value: documentPolicy([]) }],
    },
    // A worker does not inherit the policy of its page: it obeys the one that its script came with.
    { source: "/_next/static/:path*", headers: [WORKER] },
    // The version is part of these paths, so a file never changes under its name.
    { source: "/duckdb/:path*", headers: [WORKER, FOREVER] },
    { source: "/sqlite/:path*", headers: [WORKER, FOREVER] },
  ];
}

/** @type {(phase: string) => import("next").NextConfig} */
export default function config(phase) {
  const development = phase === PHASE_DEVELOPMENT_SERVER;
  return {
    reactStrictMode: true,
    poweredByHeader: false,
    // The page is on the same machine: packing 34 MB for it takes longer than handing them over.
    compress: false,
    productionBrowserSourceMaps: false,
    generateBuildId: () => process.env.NEXT_PUBLIC_BUILD_ID ?? null,
    // No page has images of a size to choose, and what fetches and decodes on request is a door.
    images: { unoptimized: true },
    // Pages are static and prefetched. By default they count as stale after five minutes, and the next visit would
    // ask the network: long after the page said that it needs none.
    experimental: { staleTimes: { static: YEAR, dynamic: YEAR } },
    // Native code, and a package that starts programs: loaded by Node, not put into a bundle.
    serverExternalPackages: ["libsql", "@modelcontextprotocol/sdk"],
    turbopack: { root: import.meta.dirname, rules: { "*.sql": { type: "text" } } },
    // The development server evaluates code from strings; the policy belongs to the production build.
    ...(development ? {} : { headers }),
  };
}

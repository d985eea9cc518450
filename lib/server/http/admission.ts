import { err, ok, type Result } from "@/kernel/result.ts";
import type { HttpLimits } from "./limits.ts";
import type { HttpProblem } from "./problem.ts";

/** Names under which a program on this machine reaches it. */
const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

export interface AdmissionRules {
  /** Names beside loopback's, in lower case, with or without a port. */
  readonly allowedHosts: ReadonlySet<string>;
  readonly limits: Pick<HttpLimits, "headerCount" | "headerOctets">;
}

/**
 * Whether a request may be looked at at all, by its headers alone. The adversary is a web page in the
 * operator's browser: it can post to a loopback address, and can make a name of its own point there. So the
 * Host must be one of ours, the Origin absent or the same, and a browser that says where the request comes
 * from must not say "another site". Forwarded headers are not read: anyone can write them.
 */
export function admit(request: Request, rules: AdmissionRules): Result<null, HttpProblem> {
  return (
    firstProblem([
      headerProblem(request, rules),
      hostProblem(request, rules),
      originProblem(request),
    ]) ?? ok(null)
  );
}

function firstProblem(
  problems: readonly (HttpProblem | null)[],
): Result<never, HttpProblem> | undefined {
  const problem = problems.find((one) => one !== null);
  return problem === undefined || problem === null ? undefined : err(problem);
}

function headerProblem(request: Request, { limits }: AdmissionRules): HttpProblem | null {
  let count = 0;
  let octets = 0;
  for (const [name, value] of request.headers) {
    count += 1;
    octets += name.length + value.length + 4;
  }
  return count > limits.headerCount || octets > limits.headerOctets
    ? { code: "headers-too-large", message: "The request has more headers than are read." }
    : null;
}

function hostProblem(request: Request, { allowedHosts }: AdmissionRules): HttpProblem | null {
  const host = request.headers.get("host")?.toLowerCase() ?? "";
  const name = host.replace(/:\d{1,5}$/, "");
  return LOOPBACK.has(name) || allowedHosts.has(host) || allowedHosts.has(name)
    ? null
    : {
        code: "host-not-allowed",
        message: "The Host is none that this server answers to.",
        where: "Host",
      };
}

function originProblem(request: Request): HttpProblem | null {
  const { headers } = request;
  const origin = headers.get("origin");
  const host = headers.get("host")?.toLowerCase() ?? "";
  const site = headers.get("sec-fetch-site");
  const same = origin === null || origin === `http://${host}` || origin === `https://${host}`;
  // `same-site` is not enough: every port of localhost is the same site.
  const near = site === null || site === "same-origin" || site === "none";
  return same && near
    ? null
    : {
        code: "origin-not-allowed",
        message: "Requests of other origins are refused.",
        where: same ? "Sec-Fetch-Site" : "Origin",
      };
}

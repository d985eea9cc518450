import type { KernelShell } from "../kernel-shell.ts";
import { ShellFailure } from "../shell-failure.ts";
import { admit } from "./admission.ts";
import { hasControlToken } from "./bearer.ts";
import { type HttpProblem, refusal } from "./problem.ts";
import { readJsonBody } from "./read-body.ts";
import { type GuardedRequest, matchPath, type Route } from "./route.ts";

/**
 * One request through the guard to its route, and every outcome as an answer. Order: what costs nothing
 * first, the token before the body, so that a stranger cannot make the server read.
 */
export async function handle(
  route: Route,
  request: Request,
  shell: KernelShell,
): Promise<Response> {
  const { door } = shell;
  const early = gate(route, request, shell);
  if (early !== null) {
    return refusal(early, route.errors);
  }
  if (!door.enter()) {
    return refusal({ code: "too-many-requests", message: "The server is busy." }, route.errors);
  }
  try {
    const read = await understood(route, request, shell);
    return "code" in read
      ? refusal(read, route.errors)
      : await withinTime(route.handle(read, shell), shell.limits.answerMilliseconds, route);
  } catch (problem) {
    if (problem instanceof ShellFailure) {
      return refusal({ code: problem.code, message: problem.message }, route.errors);
    }
    // A bug. What it says may name files or keys: it goes to the operator, not to the caller.
    shell.report(problem);
    return refusal(
      { code: "internal", message: "The request could not be handled." },
      route.errors,
    );
  } finally {
    door.leave();
  }
}

function gate(route: Route, request: Request, shell: KernelShell): HttpProblem | null {
  const admitted = admit(request, shell);
  if (!admitted.ok) {
    return admitted.error;
  }
  if (route.access === "control") {
    const options = { adminHeader: route.adminHeader === true };
    if (!hasControlToken(request, shell.controlToken, options)) {
      return shell.rate.take("refused", performance.now())
        ? { code: "unauthorized", message: "This route needs the control token." }
        : TOO_MANY;
    }
  }
  return shell.rate.take(route.rate, performance.now()) ? null : TOO_MANY;
}

const TOO_MANY: HttpProblem = {
  code: "too-many-requests",
  message: "More requests than the server takes.",
};

async function understood(
  route: Route,
  request: Request,
  { limits }: KernelShell,
): Promise<GuardedRequest | HttpProblem> {
  const url = new URL(request.url);
  const parameters = matchPath(route.path, url.pathname);
  if (parameters === null) {
    return { code: "not-found", message: "There is nothing at this address." };
  }
  const seen = { headers: request.headers, query: url.searchParams, parameters };
  if (route.method === "GET") {
    return { ...seen, body: null };
  }
  const body = await readJsonBody(request, {
    limit: route.bodyLimit,
    milliseconds: limits.bodyMilliseconds,
  });
  return body.ok ? { ...seen, body: body.value } : body.error;
}

/** A route that takes too long answers 503: whatever it decides later, nobody was told that it is allowed. */
async function withinTime(
  work: Promise<Response>,
  milliseconds: number,
  route: Route,
): Promise<Response> {
  let handle: NodeJS.Timeout | undefined;
  const late = new Promise<Response>((resolve) => {
    handle = setTimeout(
      () => resolve(refusal({ code: "timeout", message: "No answer in time." }, route.errors)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(handle);
  }
}

import { currentShell } from "../current-shell.ts";
import { handle } from "./handle.ts";
import { refusal } from "./problem.ts";
import type { Route } from "./route.ts";

/** A route as Next calls it. The guard, the limits and the errors are those of the route table. */
export function serve(route: Route): (request: Request) => Promise<Response> {
  return async (request) => {
    const shell = await currentShell();
    return shell.ok
      ? await handle(route, request, shell.value)
      : refusal({ code: "not-ready", message: "The kernel did not start." }, route.errors);
  };
}

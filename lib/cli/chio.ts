import { runCheck } from "./check.ts";
import { EXIT } from "./exit.ts";
import { safeText } from "./safe-text.ts";
import type { Surroundings } from "./surroundings.ts";
import { runVerify } from "./verify.ts";

const USAGE = `usage: chio verify PATH... [--trust FILE] [--json]
       chio check --capability FILE --request FILE [--policy FILE] [--trust FILE]
                  [--at UNIX_SECONDS] [--json]
       chio serve [--port N] [--host ADDRESS] [--data DIR] [--policy FILE]

chio verify: do these records verify?
  PATH          a file, a folder (read to its end) or - for standard input
  --trust       a trust file: its keys are pinned
  --json        one JSON document instead of text

chio check: would this call be allowed?
  --capability  a token, - for standard input, or the word none
  --request     the call: agent_id, server_id, tool_name, arguments
  --policy      chio.yaml or HushSpec; without it, the defaults
  --trust       a trust file with the capability authorities; without it, the token's own issuer
  --at          the time to judge at; without it, now

chio serve: judge calls over HTTP and keep their receipts, until it is told to end
  --port        3000 unless told
  --host        127.0.0.1 unless told; another one needs CHIO_ALLOWED_HOSTS
  --data        stores and keys; .chio/server unless told
  --policy      chio.yaml or HushSpec; without it, the defaults

exit: 0 nothing fails or allow, 1 does not verify, 2 usage, unusable input or nothing checked, 3 deny
`;

/** Runs one command line and gives its exit code. Never throws for what a file holds. */
export async function runChio(
  words: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const [command, ...rest] = words;
  switch (command) {
    case "verify":
      return runVerify(rest, surroundings);
    case "check":
      return runCheck(rest, surroundings);
    case "serve": {
      // Loaded when it is asked for: the other commands start without a database and without a server.
      const { runServe } = await import("./serve.ts");
      return runServe(rest, surroundings, process.env, untilSignal());
    }
    case "help":
    case "--help":
    case "-h":
      surroundings.out.write(USAGE);
      return EXIT.nothingFails;
    default:
      if (command !== undefined) {
        surroundings.complain.write(`chio: unknown command ${safeText(command)}\n`);
      }
      surroundings.complain.write(USAGE);
      return EXIT.unusable;
  }
}

/** Resolves when the process is asked to end. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

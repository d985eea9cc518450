import { runCheck } from "./check.ts";
import { EXIT } from "./exit.ts";
import { safeText } from "./safe-text.ts";
import type { Surroundings } from "./surroundings.ts";
import { runVerify } from "./verify.ts";

const USAGE = `usage: chio verify PATH... [--trust FILE] [--json]
       chio check --capability FILE --request FILE [--policy FILE] [--trust FILE]
                  [--at UNIX_SECONDS] [--json]

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

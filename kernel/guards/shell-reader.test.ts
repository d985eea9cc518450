import { describe, expect, it } from "vitest";
import { guardRequest, guardWith, reasonOf } from "../testing/guard-requests.ts";
import { shellCommand } from "./shell-command.ts";

const guard = guardWith(shellCommand, { shellCommand: { forbiddenPatterns: [] } });

function judge(command: string): string {
  return reasonOf(guard.check(guardRequest("bash", { command })));
}

describe("the reading of a command line", () => {
  it.each([
    ["a value of an option", "bash -O extglob -c 'rm -rf /'"],
    ["a value of another option", "bash +O extglob -c 'rm -rf /'"],
    ["a setting", "bash +o posix -c 'rm -rf /'"],
    ["a process that is written to", "ls >(rm -rf /)"],
    ["a redirection right behind the root", "rm -rf />log"],
    ["a script in backticks in quotes", 'echo "`rm -rf /`"'],
    ["a quote in backticks in quotes", 'echo "`rm -rf \\"/\\"`"'],
    ["a script in backticks in backticks", "echo `echo \\`rm -rf /\\``"],
    ["the root among alternatives beside a variable", "rm -rf {/,a}$X"],
    ["the root as the last alternative beside a variable", "rm -rf {a,/}$X"],
  ])("sees the removal behind %s", (_, command) => {
    expect(judge(command)).toMatch(/^a recursive removal of /);
  });

  it.each(["`ls`", "$x", "\u0024{x}", "$(ls)", "'a'", '"a"', "\\a", "a", "#", "<<<x"])(
    "ends a command right behind %s",
    (word) => {
      for (const end of [";", "&", "|", "\n", "&&", "||", "\r\n"]) {
        const rest = word === "#" ? "\nrm -rf /" : `${end}rm -rf /`;
        expect(judge(`echo ${word}${rest}`)).toMatch(/^a recursive removal of /);
      }
    },
  );

  it.each([
    ["a dollar sign that names nothing", "rm -rf $/"],
    ["the number of a redirection", "rm -rf 2>log"],
  ])("takes %s for itself", (_, command) => {
    expect(judge(command)).toBe("allow");
  });
});

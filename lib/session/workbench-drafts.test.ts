import { describe, expect, it } from "vitest";
import { onDraft, openInWorkbench, takeDrafts } from "./workbench-drafts.ts";

describe("drafts for the workbench", () => {
  it("are handed out once, oldest first", () => {
    openInWorkbench("select 1", "one");
    openInWorkbench("select 2", "two");
    expect(takeDrafts()).toEqual([
      { sql: "select 1", title: "one" },
      { sql: "select 2", title: "two" },
    ]);
    expect(takeDrafts()).toEqual([]);
  });

  it("are told of to whoever listens, until it stops", () => {
    let told = 0;
    const stop = onDraft(() => {
      told += 1;
    });
    openInWorkbench("select 1", "one");
    stop();
    openInWorkbench("select 2", "two");
    expect(told).toBe(1);
    takeDrafts();
  });

  it("keep the newest where nobody takes them", () => {
    for (let number = 0; number < 50; number += 1) {
      openInWorkbench(`select ${number}`, "");
    }
    const waiting = takeDrafts();
    expect(waiting).toHaveLength(20);
    expect(waiting.at(-1)?.sql).toBe("select 49");
  });
});

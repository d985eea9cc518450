import { expect, test } from "vitest";
import { openInWorkbench } from "@/lib/session/workbench-drafts.ts";
import { WorkbenchDesk } from "./workbench-desk.ts";

test("a statement that was handed over twice stands in one tab", () => {
  const desk = new WorkbenchDesk();
  const first = desk.snapshot().tabs.length;
  openInWorkbench("select 1", "Attack");
  openInWorkbench("select 2", "Misconfiguration");
  desk.enter();
  desk.show(desk.snapshot().tabs[0]?.id ?? 0);
  openInWorkbench("select 1", "Attack");
  openInWorkbench("select 3", "Misconfiguration");
  desk.enter();
  const { tabs } = desk.snapshot();
  expect(tabs.slice(first).map(({ title, sql }) => [title, sql])).toEqual([
    ["Attack", "select 1"],
    ["Misconfiguration", "select 2"],
    ["Misconfiguration", "select 3"],
  ]);
});

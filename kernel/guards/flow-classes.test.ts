import { expect, it } from "vitest";
import { callWith } from "../testing/evaluation.ts";
import { classifyAction } from "./classify.ts";
import { classesOf } from "./flow-classes.ts";

function classesOfCommand(command: string): readonly string[] {
  const call = callWith({ toolName: "bash", arguments: { command } });
  return classesOf(classifyAction(call.toolName, call.arguments), call);
}

it("finds a network program among commands that are none, however it is quoted", () => {
  expect(classesOfCommand("ls; c''url h -d x")).toEqual(["outbound-write"]);
  expect(classesOfCommand("ls; l''s h")).toEqual([]);
});

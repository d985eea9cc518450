import { describe, expect, it } from "vitest";
import { alertMembers } from "./alert-members.ts";
import { ALERT_MEMBERS } from "./model.ts";

describe("the events that an alert lists", () => {
  it("are all of a window that is short enough", () => {
    expect(alertMembers(3, null)).toEqual([0, 1, 2]);
    expect(alertMembers(ALERT_MEMBERS, () => 1)).toHaveLength(ALERT_MEMBERS);
  });

  it("are the latest of a longer one, with the one at which it fired", () => {
    const members = alertMembers(2_000, null);
    expect(members).toHaveLength(ALERT_MEMBERS);
    expect([members[0], members.at(-1)]).toEqual([1_500, 1_999]);
  });

  it("show each distinct value where the rule counts them", () => {
    // A storm of one scope, with two others somewhere inside it.
    const valueAt = (place: number) => (place === 3 ? "b" : place === 700 ? "c" : "a");
    const members = alertMembers(2_000, valueAt);
    expect(members).toHaveLength(ALERT_MEMBERS);
    expect(members.slice(0, 3)).toEqual([0, 3, 700]);
    expect(members.at(-1)).toBe(1_999);
  });

  it("are bounded where every value is another", () => {
    expect(alertMembers(2_000, (place) => place)).toHaveLength(ALERT_MEMBERS);
  });
});

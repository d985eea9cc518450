import type { Guard } from "@/kernel/guards/guard.ts";

/** Fields that the schema of a topic tags as personal, by the topic's name. */
export type PersonalFields = ReadonlyMap<string, readonly string[]>;

const CONSUME = "events:consume:";

/**
 * Refuses to hand an event with personal fields to a capability whose grant may not read results. The reason
 * names fields, never values (streaming 6.5).
 */
export function personalDataGuard(fields: PersonalFields): Guard {
  return {
    name: "pii-read",
    check({ call, grant }) {
      const topic = call.toolName.startsWith(CONSUME) ? call.toolName.slice(CONSUME.length) : "";
      const tagged = fields.get(topic);
      if (tagged === undefined || grant?.grant.operations.includes("read_result") === true) {
        return { verdict: "allow" };
      }
      const reason = `the capability may not read personal fields of ${topic}: ${tagged.join(", ")}`;
      return { verdict: "deny", reason, pointer: "/topic" };
    },
  };
}

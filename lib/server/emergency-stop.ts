import { rmSync } from "node:fs";
import { join } from "node:path";
import { parseJson } from "@/kernel/json/parse.ts";
import { asText, asU64, isObject, member } from "@/kernel/json/value.ts";
import { jsonInteger } from "@/kernel/record-members.ts";
import { readPrivateFile, writePrivateFile } from "./keys/private-file.ts";

export interface StopState {
  readonly reason: string;
  /** Unix seconds. */
  readonly since: bigint;
}

/** Stops every evaluation until it is resumed, also over a restart. */
export interface EmergencyStop {
  state(): StopState | null;
  /** Durable on return. */
  stop(reason: string, now: bigint): void;
  resume(): void;
}

const FILE = "emergency-stop.json";

/** The stop of a data directory. A file that is there but cannot be read is a stop: that is the safe reading. */
export function openEmergencyStop(directory: string): EmergencyStop {
  const path = join(directory, FILE);
  let state = readState(path);
  return {
    state: () => state,
    stop(reason, now) {
      // In force at once, whether or not it can be written down.
      state = { reason, since: now / 1000n };
      writePrivateFile(path, JSON.stringify({ reason, since: Number(now / 1000n) }), true);
    },
    resume() {
      rmSync(path, { force: true });
      state = null;
    },
  };
}

function readState(path: string): StopState | null {
  const file = readPrivateFile(path);
  if (!file.ok) {
    return file.error.kind === "absent" ? null : UNREADABLE;
  }
  const parsed = parseJson(file.value);
  const value = parsed.ok ? parsed.value.value : null;
  const reason = isObject(value) ? asText(member(value, "reason")) : undefined;
  const since = isObject(value) ? asU64(member(value, "since")) : undefined;
  return reason === undefined || since === undefined ? UNREADABLE : { reason, since };
}

const UNREADABLE: StopState = { reason: "the record of the stop cannot be read", since: 0n };

/** The state as the routes answer it (kernel semantics 5.8). */
export function stopJson(state: StopState | null) {
  return state === null
    ? { active: false }
    : { active: true, reason: state.reason, since: jsonInteger(state.since) };
}

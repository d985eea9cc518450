import { stopJson } from "../../emergency-stop.ts";
import { MIB } from "../limits.ts";
import { MemberReader, objectBody } from "../members.ts";
import { answer, refusal } from "../problem.ts";
import type { Route } from "../route.ts";

const SHARED = {
  access: "control",
  rate: "control",
  errors: "house",
  adminHeader: true,
} as const;

/** `POST /emergency-stop {reason}`: from now on every evaluation is a signed deny, over restarts too. */
export const emergencyStopRoute: Route = {
  ...SHARED,
  method: "POST",
  path: "/emergency-stop",
  bodyLimit: MIB,
  async handle({ body }, { emergency, live }) {
    const object = objectBody(body);
    if (!object.ok) {
      return refusal(object.error);
    }
    const reader = new MemberReader(object.value);
    const read = reader.done(reader.text("reason"));
    if (!read.ok) {
      return refusal(read.error);
    }
    emergency.stop(read.value, live.clock());
    return answer(stopJson(emergency.state()));
  },
};

/** `POST /emergency-resume`. */
export const emergencyResumeRoute: Route = {
  ...SHARED,
  method: "POST",
  path: "/emergency-resume",
  bodyLimit: MIB,
  async handle(_request, { emergency }) {
    emergency.resume();
    return answer(stopJson(emergency.state()));
  },
};

/** `GET /emergency-status`. */
export const emergencyStatusRoute: Route = {
  ...SHARED,
  method: "GET",
  path: "/emergency-status",
  bodyLimit: 0,
  handle: async (_request, { emergency }) => answer(stopJson(emergency.state())),
};

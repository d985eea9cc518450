import type { Route } from "./route.ts";
import { attenuateRoute, issueRoute, validateRoute } from "./routes/capabilities.ts";
import {
  emergencyResumeRoute,
  emergencyStatusRoute,
  emergencyStopRoute,
} from "./routes/emergency.ts";
import { evaluateRoute } from "./routes/evaluate.ts";
import { evidenceRoute } from "./routes/evidence.ts";
import { rotateRoute, trustBundleRoute } from "./routes/keys.ts";
import { lineageChainRoute, lineageRoute } from "./routes/lineage.ts";
import { receiptAnalyticsRoute, receiptQueryRoute, receiptVerifyRoute } from "./routes/receipts.ts";
import { revokeRoute } from "./routes/revocations.ts";
import { healthRoute, sidecarEvaluateRoute, sidecarVerifyRoute } from "./routes/sidecar.ts";
import { toolEvaluateRoute } from "./routes/tool-evaluate.ts";

/** Every address of the server. A file under `app/` that is not here does not exist, and a test says so. */
export const ROUTES: readonly Route[] = [
  evaluateRoute,
  sidecarEvaluateRoute,
  sidecarVerifyRoute,
  healthRoute,
  toolEvaluateRoute,
  receiptVerifyRoute,
  receiptQueryRoute,
  receiptAnalyticsRoute,
  issueRoute,
  validateRoute,
  attenuateRoute,
  revokeRoute,
  lineageRoute,
  lineageChainRoute,
  emergencyStopRoute,
  emergencyResumeRoute,
  emergencyStatusRoute,
  rotateRoute,
  trustBundleRoute,
  evidenceRoute,
];

import { emergencyResumeRoute } from "@/lib/server/http/routes/emergency.ts";
import { serve } from "@/lib/server/http/serve.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";
export const POST = serve(emergencyResumeRoute);

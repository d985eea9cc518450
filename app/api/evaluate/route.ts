import { evaluateRoute } from "@/lib/server/http/routes/evaluate.ts";
import { serve } from "@/lib/server/http/serve.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";
export const POST = serve(evaluateRoute);

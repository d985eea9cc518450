import { evidenceRoute } from "@/lib/server/http/routes/evidence.ts";
import { serve } from "@/lib/server/http/serve.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";
export const GET = serve(evidenceRoute);

import { issueRoute } from "@/lib/server/http/routes/capabilities.ts";
import { serve } from "@/lib/server/http/serve.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";
export const POST = serve(issueRoute);

// npm run dev: the development server, without the content security policy (it evaluates strings).
import { copyAssets } from "./assets.mjs";
import { ensureDependencies, nextBin, serve } from "./setup.mjs";

ensureDependencies();
copyAssets();
const port = process.env.PORT || "3000";
serve([nextBin, "dev", "-H", "127.0.0.1", "-p", port], {
  NODE_ENV: "development",
  NEXT_PUBLIC_BUILD_ID: "dev",
});

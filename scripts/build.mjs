// npm run build: engines, production build, policies.
import { copyAssets } from "./assets.mjs";
import { writePolicies } from "./csp.mjs";
import { ensureDependencies, fail, nextBin, run, say, sourceId, stampBuild } from "./setup.mjs";

ensureDependencies();
copyAssets();
const code = run(process.execPath, [nextBin, "build"], {
  env: { NODE_ENV: "production", NEXT_PUBLIC_BUILD_ID: sourceId() },
});
if (code !== 0) fail("next build failed.");
const pages = writePolicies();
stampBuild();
const list = pages.map(({ route, scripts }) => `${route} ${scripts}`).join(", ");
say(`Policies written: inline scripts by page: ${list}.`);

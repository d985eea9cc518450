// npm run bench [-- …]: the measurements of bench/main.ts, on the production build.
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";
import { ensureBuild, ensureDependencies, findChromium } from "./setup.mjs";

ensureDependencies();
process.env.CHROME_PATH = findChromium();
ensureBuild();
await import(pathToFileURL(await bundle("bench/main.ts", "bench")).href);

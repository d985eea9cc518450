// npm start: sets up what is missing and serves the production build on 127.0.0.1.
import { ensureBuild, ensureDependencies, nextBin, serve } from "./setup.mjs";

ensureDependencies();
ensureBuild();
const port = process.env.PORT || "3000";
serve([nextBin, "start", "-H", "127.0.0.1", "-p", port], { NODE_ENV: "production" });

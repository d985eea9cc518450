// npm run --silent chio -- …: the headless twin. Standard output is the command's alone.
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";
import { ensureDependencies } from "./setup.mjs";

ensureDependencies();
// npm changes the working directory: relative paths are the caller's, whom INIT_CWD remembers.
process.env.INIT_CWD ??= process.cwd();
await import(pathToFileURL(await bundle("lib/cli/main.ts", "chio")).href);

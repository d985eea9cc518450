// npm run mutate [-- options]: how many small faults in the deciding code the kernel's tests notice.
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";
import { ensureDependencies } from "./setup.mjs";

ensureDependencies();
await import(pathToFileURL(await bundle("test/mutants/main.ts", "mutate")).href);

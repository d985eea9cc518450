import { mutationSuite } from "./support/suite.ts";

mutationSuite(["pre-v1 log", "v1 log", "documentation log"]);

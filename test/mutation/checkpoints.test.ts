import { mutationSuite } from "./support/suite.ts";

mutationSuite(["statement v1", "statement v2"]);

import { mutationSuite } from "./support/suite.ts";

mutationSuite(["manifest", "store", "evidence zip"]);

import { mutationSuite } from "./support/suite.ts";

mutationSuite(["inclusion proofs", "consistency proofs", "anchor proof"]);

import { mutationSuite } from "./support/suite.ts";

mutationSuite(["child receipts", "http receipts", "tokens"]);

import type { ViewDoc } from "./view-docs.ts";

export const FILE_VIEWS: readonly ViewDoc[] = [
  {
    name: "checkpoints",
    meaning: "Every checkpoint that was read.",
    columns: [
      { name: "file", type: "VARCHAR", meaning: "File it was read from." },
      { name: "checkpoint_seq", type: "UBIGINT", meaning: "Number of the checkpoint." },
      {
        name: "first_seq",
        type: "UBIGINT",
        meaning: "First receipt that it covers, by sequence number.",
      },
      { name: "last_seq", type: "UBIGINT", meaning: "Last receipt that it covers." },
      { name: "tree_size", type: "UBIGINT", meaning: "Leaves of its tree." },
      { name: "issued_at", type: "UBIGINT", meaning: "When it was issued, in whole Unix seconds." },
      { name: "kernel_key", type: "VARCHAR", meaning: "Key that signed it." },
      { name: "merkle_root", type: "VARCHAR", meaning: "Root of its tree." },
      { name: "sha256", type: "VARCHAR", meaning: "SHA-256 of its statement." },
      { name: "signature", type: "VARCHAR", meaning: "What the check of its signature found." },
    ],
  },
  {
    name: "findings",
    meaning: "Everything that does not fit, is absent, or is worth knowing.",
    columns: [
      { name: "finding", type: "VARCHAR", meaning: "Id of the finding." },
      { name: "code", type: "VARCHAR", meaning: "Code: docs/findings.md lists them." },
      { name: "severity", type: "VARCHAR", meaning: "error, warning or info." },
      { name: "subject_kind", type: "VARCHAR", meaning: "Kind of thing it is about." },
      { name: "subject", type: "VARCHAR", meaning: "What it is about." },
      {
        name: "cause",
        type: "VARCHAR",
        meaning: "Finding that this one follows from; empty for a cause.",
      },
      { name: "file", type: "VARCHAR", meaning: "File." },
      { name: "line", type: "UBIGINT", meaning: "Line in the file." },
      { name: "byte_offset", type: "UBIGINT", meaning: "Octet in the file." },
      { name: "pointer", type: "VARCHAR", meaning: "Place inside the record, as a JSON pointer." },
      { name: "expected", type: "VARCHAR", meaning: "What would fit." },
      { name: "actual", type: "VARCHAR", meaning: "What is there." },
    ],
  },
  {
    name: "files",
    meaning: "Every file that was read.",
    columns: [
      { name: "file", type: "VARCHAR", meaning: "Path as it was dropped." },
      { name: "sha256", type: "VARCHAR", meaning: "SHA-256 of its octets." },
      { name: "recognised_as", type: "VARCHAR", meaning: "What it was recognised as." },
      { name: "rows", type: "UBIGINT", meaning: "Rows that were read." },
      { name: "rejected", type: "UBIGINT", meaning: "Rows that were not understood." },
    ],
  },
  {
    name: "alerts",
    meaning: "What the rules that are switched on fired at.",
    columns: [
      { name: "alert", type: "INTEGER", meaning: "Number of the alert." },
      { name: "rule", type: "VARCHAR", meaning: "Id of the rule." },
      { name: "name", type: "VARCHAR", meaning: "Name of the rule." },
      { name: "severity", type: "VARCHAR", meaning: "Severity that the rule states." },
      { name: "fired_at", type: "UBIGINT", meaning: "When it fired, in whole Unix seconds." },
      {
        name: "since",
        type: "UBIGINT",
        meaning: "Oldest event in its window, in whole Unix seconds.",
      },
      { name: "grouped_by", type: "VARCHAR", meaning: "Values of the group that it fired for." },
      { name: "measure", type: "DOUBLE", meaning: "What was measured." },
      { name: "threshold", type: "DOUBLE", meaning: "What it had to reach." },
      { name: "events", type: "INTEGER", meaning: "Denials in the window." },
      { name: "held", type: "INTEGER", meaning: "Further ones that were held back." },
      { name: "held_until", type: "UBIGINT", meaning: "End of the hold, in whole Unix seconds." },
    ],
  },
];

import type { FindingCode } from "@/kernel/findings.ts";

/** Ordinary causes of a family of findings: what to rule out before anything else is thought of. */
export interface OrdinaryCauses {
  readonly causes: readonly string[];
  /** What would settle it. */
  readonly settles: string;
}

const CONTENT: OrdinaryCauses = {
  causes: [
    "An export step that rewrites values: units, time formats, rounding.",
    "A hand edit while reviewing the file.",
    "A damaged copy (unlikely where the line still parses).",
  ],
  settles: "The original line from the kernel’s store settles it.",
};
const KEY: OrdinaryCauses = {
  causes: [
    "The kernel’s key was rotated, and the trust file is older.",
    "Records of another environment came along in the export.",
    "The key is listed for another role.",
  ],
  settles: "The operator’s own list of keys, by another way, settles it.",
};
const PROOF: OrdinaryCauses = {
  causes: [
    "Proofs and checkpoints come from two exports.",
    "The receipt was changed after its batch was closed.",
    "The exporter numbers another sequence.",
  ],
  settles: "Proofs exported anew from the kernel’s store settle it.",
};
const CHAIN: OrdinaryCauses = {
  causes: [
    "A store was restored from a backup and went on from there.",
    "Two kernels ran with one key.",
    "Checkpoints of two logs lie in one file.",
  ],
  settles: "The checkpoints as an outside witness saw them settle it.",
};
const ABSENCE: OrdinaryCauses = {
  causes: [
    "The export was filtered or paged, and a page is missing.",
    "Retention removed the oldest records.",
    "The export ran while the log was being written.",
  ],
  settles: "An export of the same range from the kernel’s store settles it.",
};
const MANIFEST: OrdinaryCauses = {
  causes: [
    "A file was opened and saved again: line ends, a final newline.",
    "The folder was packed before the last file was written.",
    "Files of two exports lie in one folder.",
  ],
  settles: "The package as it left the exporter settles it.",
};
const FORMAT: OrdinaryCauses = {
  causes: [
    "The transfer was cut short.",
    "Log messages were written into the same file.",
    "An export tool that writes another dialect of JSON.",
  ],
  settles: "The same file, exported anew, settles it.",
};
const LIMIT: OrdinaryCauses = {
  causes: ["A payload was stored inside the record.", "Many exports were packed into one archive."],
  settles: "The same data in smaller files can be read in full.",
};

/** The ordinary causes of a finding, by its code's family. */
export function ordinaryCauses(code: FindingCode): OrdinaryCauses {
  switch (code.slice(0, 3)) {
    case "KEY":
      return KEY;
    case "INC":
      return PROOF;
    case "EQV":
      return CHAIN;
    case "CKP":
      if (code === "CKP-004") return ABSENCE;
      return code === "CKP-002" ? PROOF : CHAIN;
    case "SEQ":
      return code === "SEQ-004" || code === "SEQ-005" ? CHAIN : ABSENCE;
    case "MAN":
      return MANIFEST;
    case "FMT":
      return FORMAT;
    case "LIM":
      return LIMIT;
    default:
      return CONTENT;
  }
}

/** Members that only records of this world carry; two of them make a text recognisable. */
const DISTINCTIVE = [
  '"signature"',
  '"kernel_key"',
  '"capability_id"',
  '"tool_name"',
  '"receipt"',
  '"merkle_root"',
  '"checkpoint_seq"',
  '"audit_path"',
  '"parameter_hash"',
  '"issuer"',
];

/**
 * Whether a text that cannot be parsed is a record of this world all the same. Names may be spelled with
 * escapes, which a hostile record would use to pass as noise, and quoted once more inside an exported record.
 */
export function isRecognisable(text: string): boolean {
  const unquoted = text.includes('\\"') ? text.replaceAll('\\"', '"') : text;
  const plain = unquoted.includes("\\u00")
    ? unquoted.replace(/\\u00([2-7][\da-f])/gi, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : unquoted;
  return DISTINCTIVE.filter((name) => plain.includes(name)).length >= 2;
}

/** The drawer's tabs in their order. */
export const TAB_NAMES = ["summary", "guards", "fields", "proof", "raw"] as const;
export type TabName = (typeof TAB_NAMES)[number];

export const TAB_TITLES: Readonly<Record<TabName, string>> = {
  summary: "Summary",
  guards: "Guards",
  fields: "Signed fields",
  proof: "Proof",
  raw: "Raw",
};

/** The tab of that name; the summary for any other text. */
export function tabOf(text: string | null): TabName {
  return TAB_NAMES.find((name) => name === text) ?? "summary";
}

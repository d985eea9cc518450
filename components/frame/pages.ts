/** The pages that exist, in the order of the rail. `key` follows `g`. */
export const PAGES = [
  { href: "/", word: "Open", key: "o" },
  { href: "/verify", word: "Verify", key: "v" },
  { href: "/receipts", word: "Receipts", key: "r" },
  { href: "/graph", word: "Chains", key: "c" },
  { href: "/denials", word: "Denials", key: "d" },
  { href: "/rules", word: "Rules", key: "l" },
  { href: "/sql", word: "SQL", key: "s" },
  { href: "/playground", word: "Playground", key: "p" },
  { href: "/live", word: "Live", key: "t" },
] as const;

export type PageHref = (typeof PAGES)[number]["href"];

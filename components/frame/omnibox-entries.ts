import { SAMPLES } from "@/lib/display/samples.ts";
import { currentDesk } from "@/lib/playground/current-desk.ts";
import { draftOfScenario } from "@/lib/playground/draft.ts";
import { SCENARIOS } from "@/lib/playground/scenarios.ts";
import type { SessionCommands } from "@/lib/session/model.ts";
import type { DialogName } from "./frame-context.tsx";
import { PAGES } from "./pages.ts";
import { applyTheme } from "./theme.ts";

/** One line of the omnibox. */
export interface OmniboxEntry {
  readonly id: string;
  readonly words: string;
  readonly note: string;
  readonly run: () => void;
}

export interface OmniboxPorts {
  readonly commands: SessionCommands;
  readonly go: (address: string) => void;
  readonly show: (dialog: DialogName | null) => void;
  readonly chooseFiles: () => void;
  readonly chooseFolder: () => void;
  readonly searchAddress: (text: string) => string;
}

/** What can be done with what was typed: a search first, then commands whose words hold it. */
export function omniboxEntries(typed: string, ports: OmniboxPorts): readonly OmniboxEntry[] {
  const text = typed.trim();
  const all = commandEntries(ports);
  if (text.startsWith(">")) return matching(all, text.slice(1));
  const sought = text.startsWith("#") || text.startsWith("@") ? text.slice(1).trim() : text;
  if (sought === "") return all;
  const search: OmniboxEntry = {
    id: "search",
    words: `Find “${sought}”`,
    note: text.startsWith("#") ? "by id, in Receipts" : "in Receipts",
    run: () => ports.go(ports.searchAddress(sought)),
  };
  return [search, ...(text === sought ? matching(all, text) : [])];
}

function matching(entries: readonly OmniboxEntry[], typed: string): readonly OmniboxEntry[] {
  const sought = typed.trim().toLowerCase();
  return entries.filter((entry) => entry.words.toLowerCase().includes(sought));
}

function commandEntries(ports: OmniboxPorts): readonly OmniboxEntry[] {
  const { commands, go, show } = ports;
  const entry = (words: string, note: string, run: () => void): OmniboxEntry => ({
    id: words,
    words,
    note,
    run,
  });
  return [
    entry("Open files", "o", ports.chooseFiles),
    entry("Open a folder", "", ports.chooseFolder),
    entry("Paste text", "", () => show("paste")),
    ...PAGES.map((page) => entry(`Go to ${page.word}`, `g ${page.key}`, () => go(page.href))),
    ...SAMPLES.map((sample) =>
      entry(`Open sample: ${sample.title}`, sample.holds, () => {
        commands.openSample(sample.name);
        go("/");
      }),
    ),
    ...SCENARIOS.map((scenario) =>
      entry(`Try out: ${scenario.title}`, "in Playground", () => {
        currentDesk().place(draftOfScenario(scenario));
        go("/playground");
      }),
    ),
    entry("Make a log of any size", "", () => show("make-log")),
    entry("Pinned keys", "", () => show("trust")),
    entry("Requests sent", "", () => show("ledger")),
    entry("Stop, keep results", "", () => commands.stop()),
    entry("Clear everything", "", () => {
      commands.clear();
      go("/");
    }),
    entry("Theme: light", "", () => applyTheme("light")),
    entry("Theme: dark", "", () => applyTheme("dark")),
    entry("Theme: system", "", () => applyTheme("system")),
    entry("Keys of this page", "?", () => show("keys")),
  ];
}

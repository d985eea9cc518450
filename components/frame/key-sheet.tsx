"use client";

import { KeyCap } from "@/components/ui/key-cap.tsx";
import { Modal } from "@/components/ui/modal.tsx";
import { useFrame } from "./frame-context.tsx";
import { PAGES } from "./pages.ts";
import { usePreference, writePreference } from "./preferences.ts";

const KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ["Ctrl K", "/"], does: "Find, or give a command" },
  {
    keys: PAGES.map(({ key }) => `g ${key}`),
    does: `Go to ${PAGES.map(({ word }) => word).join(", ")}`,
  },
  { keys: ["o"], does: "Choose files" },
  { keys: ["n", "Shift N"], does: "Next and previous finding" },
  { keys: ["j", "k"], does: "Next and previous row" },
  { keys: ["Enter", "Esc"], does: "Open and close the drawer" },
  { keys: ["←", "→"], does: "To the cause and to the consequence, in Chains" },
  { keys: ["↑", "↓"], does: "To what has the same cause, in Chains" },
  { keys: ["b", "w"], does: "Walk to the root cause, walk forward" },
  { keys: ["[", "]"], does: "One hop less, one hop more" },
  { keys: ["Enter", "Space"], does: "Open what is not drawn, fold it again" },
  { keys: ["f", "Home"], does: "Whole picture, the receipt that is walked from" },
  { keys: ["f", "x"], does: "Filter in and filter out the value, in Receipts and Denials" },
  { keys: ["m"], does: "Show a masked value, after asking, in a dead letter" },
  { keys: ["Ctrl Enter"], does: "Run, in SQL; evaluate, in Playground" },
  { keys: ["Ctrl ."], does: "Stop the statement that runs, in SQL" },
  { keys: ["Space"], does: "Hold back and let come, in Live" },
  { keys: ["Alt Shift T"], does: "Light, dark, system" },
  { keys: ["?"], does: "This sheet" },
];

/** The keys that work, and the switch for those that are a single key. */
export function KeySheet() {
  const frame = useFrame();
  const singleKeys = usePreference("chio-single-keys") !== "off";
  return (
    <Modal title="Keys" isOpen={frame.dialog === "keys"} onClose={() => frame.show(null)}>
      <dl className="divide-y divide-hair">
        {KEYS.map(({ keys, does }) => (
          <div key={does} className="flex items-center gap-3 py-2">
            <dt className="flex w-40 shrink-0 flex-wrap gap-1.5">
              {keys.map((key) => (
                <KeyCap key={key}>{key}</KeyCap>
              ))}
            </dt>
            <dd className="text-13 text-fact">{does}</dd>
          </div>
        ))}
      </dl>
      <label className="mt-3 flex min-h-6 items-center gap-2 text-13">
        <input
          type="checkbox"
          checked={singleKeys}
          onChange={(event) =>
            writePreference("chio-single-keys", event.target.checked ? "on" : "off")
          }
          className="size-4 accent-ink"
        />
        Single-key shortcuts
      </label>
    </Modal>
  );
}

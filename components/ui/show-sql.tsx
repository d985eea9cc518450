"use client";

import { CodeXml } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { openInWorkbench } from "@/lib/session/workbench-drafts.ts";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { Modal } from "./modal.tsx";

export interface Statement {
  readonly title: string;
  readonly sql: string;
}

interface SqlButtonProps {
  /** What is asked, for the button's name: `denials over time`. */
  readonly of: string;
  readonly statements: () => readonly Statement[];
  readonly variant?: "secondary" | "quiet";
}

/** Shows the statements behind what stands beside it; each runs in the workbench as it stands. */
export function SqlButton({ of, statements, variant = "secondary" }: SqlButtonProps): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant={variant}
        onPress={() => setOpen(true)}
        aria-label={`Show SQL of ${of}`}
        className="max-sm:px-2"
      >
        <CodeXml aria-hidden size={15} />
        <span className="max-sm:hidden">Show SQL</span>
      </Button>
      <SqlModal
        of={of}
        statements={open ? statements() : []}
        isOpen={open}
        onClose={() => setOpen(false)}
      />
    </>
  );
}

interface SqlModalProps {
  readonly of: string;
  readonly statements: readonly Statement[];
  /** What the statements leave out, where they do. */
  readonly note?: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function SqlModal({ of, statements, note, isOpen, onClose }: SqlModalProps): ReactNode {
  const router = useRouter();
  return (
    <Modal title={`The question behind ${of}`} isOpen={isOpen} onClose={onClose}>
      <div className="flex flex-col gap-3">
        <p className="text-13 text-fact">
          {note ?? "Each text runs as it stands and gives the same numbers."}
        </p>
        {statements.map(({ title, sql }) => (
          <section key={title} aria-label={title} className="rounded-card bg-sunken p-3">
            <h3 className="flex items-center gap-2 pb-2 font-semibold text-12">
              <span className="min-w-0 flex-1">{title}</span>
              <CopyButton text={sql} label={`Copy statement: ${title}`} />
              <Button
                variant="link"
                onPress={() => {
                  openInWorkbench(sql, title);
                  onClose();
                  router.push("/sql");
                }}
              >
                Open in SQL
              </Button>
            </h3>
            <pre
              // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach it.
              tabIndex={0}
              className="max-h-[40vh] overflow-auto whitespace-pre-wrap font-mono text-12 [overflow-wrap:anywhere]"
            >
              {visibleLines(sql)}
            </pre>
          </section>
        ))}
      </div>
    </Modal>
  );
}

/** Values of a log stand in the text: what they hold that nobody sees is made visible. */
function visibleLines(sql: string): string {
  return sql.trimEnd().split("\n").map(visibleText).join("\n");
}

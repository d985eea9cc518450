"use client";

import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button.tsx";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import { Modal } from "@/components/ui/modal.tsx";
import { ruleSql } from "@/lib/queries/rule-sql.ts";
import type { Rule } from "@/lib/rules/model.ts";
import { openInWorkbench } from "@/lib/session/workbench-drafts.ts";

interface RuleSqlDialogProps {
  readonly rule: Rule;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The rule's windows as a statement that runs as it stands. */
export function RuleSqlDialog({ rule, isOpen, onClose }: RuleSqlDialogProps): ReactNode {
  const router = useRouter();
  const text = isOpen ? ruleSql(rule) : "";
  return (
    <Modal title="The rule’s windows in SQL" isOpen={isOpen} onClose={onClose}>
      <div className="flex flex-col gap-3">
        <p className="text-13 text-fact">
          Every second at which a group reaches the threshold, with what its window held. Cooldowns
          are not applied: the rule holds repeats back, the statement lists them. A second is judged
          as a whole.
        </p>
        <div className="flex items-start gap-2 rounded-card bg-sunken p-3">
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach it.
            tabIndex={0}
            className="max-h-[46vh] min-w-0 flex-1 overflow-auto whitespace-pre-wrap font-mono text-12 [overflow-wrap:anywhere]"
          >
            {text}
          </pre>
          <CopyButton text={text} label="Copy statement" />
        </div>
        <Button
          className="self-start"
          onPress={() => {
            openInWorkbench(text, rule.name);
            onClose();
            router.push("/sql");
          }}
        >
          Open in SQL
        </Button>
      </div>
    </Modal>
  );
}

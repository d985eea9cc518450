"use client";

import type { ReactNode } from "react";
import { SqlModal } from "@/components/ui/show-sql.tsx";
import { ruleSql } from "@/lib/queries/rule-sql.ts";
import type { Rule } from "@/lib/rules/model.ts";

interface RuleSqlDialogProps {
  readonly rule: Rule;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const NOTE =
  "Every second at which a group reaches the threshold, with what its window held. Cooldowns are not applied: the rule holds repeats back, the statement lists them. A second is judged as a whole.";

/** The rule’s windows as a statement that runs as it stands. */
export function RuleSqlDialog({ rule, isOpen, onClose }: RuleSqlDialogProps): ReactNode {
  const statements = isOpen ? [{ title: rule.name, sql: ruleSql(rule) }] : [];
  return (
    <SqlModal of="the rule" statements={statements} note={NOTE} isOpen={isOpen} onClose={onClose} />
  );
}

"use client";

import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { buttonStyle } from "@/components/ui/button-style.ts";
import { saveFile } from "@/components/ui/save-file.ts";
import type { Rule } from "@/lib/rules/model.ts";
import { writeRuleFile } from "@/lib/rules/rule-file.ts";
import { writeSigma } from "@/lib/rules/sigma.ts";

interface ExportMenuProps {
  readonly rules: readonly Rule[];
  readonly label: string;
  readonly isDisabled?: boolean;
  /** Hears why rules are not in the file; empty where all are. */
  readonly onRefused: (problems: readonly string[]) => void;
}

/** Rules as a file: the app's own, or Sigma for what others run. */
export function ExportMenu({
  rules,
  label,
  isDisabled = false,
  onRefused,
}: ExportMenuProps): ReactNode {
  return (
    <MenuTrigger>
      <AriaButton isDisabled={isDisabled} className={buttonStyle("quiet")}>
        <Download aria-hidden size={15} />
        {label}
      </AriaButton>
      <Popover
        placement="top end"
        className="rounded-card border border-border bg-raised p-1 shadow-popover"
      >
        <Menu
          aria-label={label}
          className="outline-none"
          onAction={(key) => {
            if (key === "own")
              saveText(writeRuleFile(rules), "chio-rules.json", "application/json");
            else exportSigma(rules, onRefused);
          }}
        >
          <MenuItem id="own" className={ITEM}>
            Rules file (.json)
          </MenuItem>
          <MenuItem id="sigma" className={ITEM}>
            Sigma (.yml)
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

const ITEM =
  "flex min-h-8 cursor-pointer items-center rounded-control px-2.5 text-13 outline-none data-[focused]:bg-selected";

/** A rule that Sigma cannot say is named, and the others are written. */
function exportSigma(
  rules: readonly Rule[],
  onRefused: (problems: readonly string[]) => void,
): void {
  const { text, refused } = writeSigma(rules);
  if (text !== "") saveText(text, "chio-rules.sigma.yml", "application/yaml");
  onRefused(
    refused.map(({ pointer, detail, fix }) => {
      const rule = rules[Number(pointer.split("/")[1])];
      return `Not in the Sigma file: ${visibleText(rule?.name ?? "")}. ${detail}; ${fix}.`;
    }),
  );
}

/** The name says nothing of a rule: file names end up where contents do not. */
function saveText(text: string, name: string, type: string): void {
  saveFile(new Blob([text], { type }), name);
}

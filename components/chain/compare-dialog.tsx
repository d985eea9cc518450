"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId } from "react";
import { QueryProblem } from "@/components/receipts/query-problem.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Modal } from "@/components/ui/modal.tsx";
import type { NodeKey } from "@/lib/chain/model.ts";
import { chainQuestion } from "@/lib/queries/chain.ts";
import { Comparison } from "./comparison.tsx";
import type { Sides } from "./panel/chain-panel.tsx";
import { WayBetween } from "./way-between.tsx";

const LONGEST = 2000;

interface CompareDialogProps {
  readonly revision: number;
  readonly sides: Sides;
  readonly onSides: (sides: Sides) => void;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onSelect: (key: NodeKey) => void;
}

/** Two chains of the same kind, step by step, and the way between their first steps. */
export function CompareDialog(props: CompareDialogProps): ReactNode {
  const { revision, sides, onSides, isOpen, onClose } = props;
  const left = useLocated(revision, sides.left, isOpen);
  const right = useLocated(revision, sides.right, isOpen);
  const select = (key: NodeKey): void => {
    onClose();
    props.onSelect(key);
  };
  const failed = [left, right].find((query) => query.isError);
  return (
    <Modal title="Compare two chains" isOpen={isOpen} onClose={onClose}>
      <p className="text-13 text-fact">
        What came of the one step, beside what came of the other. Choose them in the panel, or give
        their ids.
      </p>
      <div className="mt-2 grid grid-cols-[1fr_auto_1fr] items-end gap-2 max-sm:grid-cols-1">
        <IdField
          label="Left"
          value={sides.left}
          isUnknown={left.data === null}
          onChange={(text) => onSides({ ...sides, left: text })}
        />
        <Button onPress={() => onSides({ left: sides.right, right: sides.left })}>Swap</Button>
        <IdField
          label="Right"
          value={sides.right}
          isUnknown={right.data === null}
          onChange={(text) => onSides({ ...sides, right: text })}
        />
      </div>
      {failed !== undefined && (
        <div className="mt-3">
          <QueryProblem
            title="The ids could not be asked for."
            error={failed.error}
            onRetry={() => void failed.refetch()}
          />
        </div>
      )}
      {typeof left.data === "string" && typeof right.data === "string" && (
        <>
          <Comparison revision={revision} left={left.data} right={right.data} onSelect={select} />
          <WayBetween revision={revision} from={left.data} to={right.data} onSelect={select} />
        </>
      )}
    </Modal>
  );
}

/** The node of an id: null where nothing has it, undefined while it is not asked. */
function useLocated(revision: number, id: string, isOpen: boolean) {
  const sought = id.trim();
  return useQuery({
    ...chainQuestion(revision, "locate", sought),
    enabled: isOpen && sought !== "",
  });
}

interface IdFieldProps {
  readonly label: string;
  readonly value: string;
  readonly isUnknown: boolean;
  readonly onChange: (text: string) => void;
}

function IdField({ label, value, isUnknown, onChange }: IdFieldProps): ReactNode {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="flex gap-2 text-12 text-muted">
        {label}
        <span role="status">{isUnknown ? "No receipt has exactly this id." : ""}</span>
      </label>
      <input
        id={id}
        value={value}
        maxLength={LONGEST}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        className="mt-1 h-[30px] w-full rounded-control border border-strong bg-surface px-2 font-mono text-12"
      />
    </div>
  );
}

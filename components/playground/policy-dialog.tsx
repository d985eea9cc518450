"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Modal } from "@/components/ui/modal.tsx";
import { currentDesk } from "@/lib/playground/current-desk.ts";
import { CodeEditor } from "./editor/code-editor.tsx";
import { problemsOf } from "./outcome-parts.ts";
import { useDesk } from "./use-desk.ts";

interface PolicyDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The policy document that calls are judged by here: the default, or one that is pasted. */
export function PolicyDialog({ isOpen, onClose }: PolicyDialogProps): ReactNode {
  return (
    <Modal title="Policy" isOpen={isOpen} onClose={onClose}>
      <PolicyForm onClose={onClose} />
    </Modal>
  );
}

function PolicyForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const policy = useDesk((state) => state.draft.policy);
  const outcome = useDesk((state) => state.outcome);
  const [text, setText] = useState(policy ?? EXAMPLE);
  const problems = policy === null ? [] : problemsOf(outcome, "policy");
  return (
    <>
      <p className="text-13 text-fact">
        A chio.yaml or a HushSpec, as YAML or JSON. It takes the place of the whole default policy.
      </p>
      <CodeEditor
        label="Policy document, YAML or JSON"
        text={text}
        placed={0}
        language="plain"
        onChange={(next) => {
          setText(next);
          if (policy !== null) currentDesk().edit({ policy: next });
        }}
        className="mt-2 h-[320px] overflow-hidden rounded-control border border-strong"
      />
      <div aria-live="polite" className="min-h-5 pt-1 text-12">
        {problems.map(({ message }) => (
          <p key={message} className="font-medium text-ink [overflow-wrap:anywhere]">
            {message}
          </p>
        ))}
        {policy !== null && problems.length === 0 ? (
          <p className="text-muted">In use. Edits are evaluated as you make them.</p>
        ) : null}
      </div>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button
          variant="primary"
          onPress={() => {
            currentDesk().edit({ policy: text });
            if (policy !== null) onClose();
          }}
        >
          {policy === null ? "Use this policy" : "Done"}
        </Button>
        <Button
          isDisabled={policy === null}
          onPress={() => {
            currentDesk().edit({ policy: null });
            onClose();
          }}
        >
          Back to the default
        </Button>
      </div>
    </>
  );
}

const EXAMPLE = `hushspec: "0.1.0"
name: "tried out here"
rules:
  egress:
    default: block
    allow: ["api.example.com"]
`;

"use client";

import { Link2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Modal } from "@/components/ui/modal.tsx";
import { type DenialPageState, hasTokens, writeFragment } from "./page-fragment.ts";

interface CopyLinkProps {
  readonly state: DenialPageState;
  /** The hint of the data that is loaded now; null while it is not known. */
  readonly data: string | null;
}

/** Copies the address of what is shown, after it was shown in full: it holds no value of a log. */
export function CopyLink({ state, data }: CopyLinkProps): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)} aria-label="Copy link" className="px-2!">
        <Link2 aria-hidden size={15} />
        <span className="hidden 2xl:inline">Copy link</span>
      </Button>
      <Modal title="This link, in full" isOpen={open} onClose={() => setOpen(false)}>
        <Preview state={state} data={data} />
      </Modal>
    </>
  );
}

function Preview({ state, data }: CopyLinkProps): ReactNode {
  const [copied, setCopied] = useState(false);
  const shared = { ...state, data, letter: null };
  const fragment = writeFragment(shared);
  const address = `${window.location.origin}/denials${fragment === "" ? "" : `#${fragment}`}`;
  return (
    <div className="flex flex-col gap-3 text-13">
      <p className="rounded-card bg-sunken p-3 font-mono text-12 [overflow-wrap:anywhere]">
        {address}
      </p>
      <p className="text-fact">
        {hasTokens(state)
          ? "What begins with ~ stands for a value of the log. Only who has the same files can turn it back; nobody else can even check a guess. No agent, topic, tool or reason is in it."
          : "It holds no value of the log: only what is chosen on this page."}
      </p>
      {hasTokens(state) && (
        <p className="text-fact">
          It was made for the data <code className="font-mono">{data}</code>. With other files the
          page says so.
        </p>
      )}
      <div className="flex items-center justify-end gap-3">
        <span role="status" className="text-12 text-muted">
          {copied ? "Copied" : ""}
        </span>
        <Button
          variant="primary"
          onPress={() => {
            navigator.clipboard?.writeText(address).then(
              () => setCopied(true),
              () => setCopied(false),
            );
          }}
        >
          Copy this link
        </Button>
      </div>
    </div>
  );
}

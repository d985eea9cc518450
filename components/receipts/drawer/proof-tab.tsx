import { Check, EqualNot } from "lucide-react";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import { HashText } from "@/components/ui/hash-text.tsx";
import { formatCount } from "@/lib/display/numbers.ts";
import type { ProofStep, ReceiptProof } from "@/lib/verification/receipt-proof.ts";
import { visibleText } from "../visible-text.ts";
import { PROOF_WORDS } from "./sentences.ts";
import { TwoValues } from "./two-values.tsx";

/** The way from the receipt's leaf to the root that a checkpoint signed, one hash after the other. */
export function ProofTab({ proof }: { readonly proof: ReceiptProof }): ReactNode {
  const fits = proof.state === "included";
  const differs = proof.state === "does-not-fit";
  return (
    <div className="flex flex-col gap-3.5">
      <div>
        <p
          className={`font-medium text-14 ${fits ? "text-verified" : differs ? "text-fails" : "text-ink"}`}
        >
          {PROOF_WORDS[proof.state]}
        </p>
        {proof.why !== "" && <p className="mt-0.5 text-13 text-fact">{visibleText(proof.why)}</p>}
      </div>
      {proof.checkpointSeq !== null && (
        <p className="text-13 text-fact">
          Checkpoint {proof.checkpointSeq}
          {proof.leafIndex !== null && proof.treeSize !== null
            ? `, leaf ${formatCount(proof.leafIndex)} of ${formatCount(proof.treeSize)} (counted from 0)`
            : ""}
        </p>
      )}
      {proof.leaf !== "" && (
        <ol className="flex flex-col">
          <Node
            label="Leaf"
            note="hash of this receipt, prefix 00"
            value={proof.leaf}
            state="plain"
            last={false}
          />
          {proof.steps.map((step, at) => (
            <Node
              // biome-ignore lint/suspicious/noArrayIndexKey: a path is its order; steps never move.
              key={at}
              label={`Level ${at + 1}`}
              note={<StepNote step={step} />}
              value={step.result}
              state="plain"
              last={at === proof.steps.length - 1 && proof.signedRoot === null}
            />
          ))}
          {proof.signedRoot !== null && (
            <Node
              label="Signed root"
              note={
                fits
                  ? "the same as computed"
                  : differs
                    ? "the first node that does not fit"
                    : "not compared"
              }
              value={proof.signedRoot}
              state={fits ? "fits" : differs ? "differs" : "plain"}
              last
            />
          )}
        </ol>
      )}
      {differs && proof.computedRoot !== null && proof.signedRoot !== null && (
        <div className="rounded-card bg-fails-tint p-3">
          <TwoValues
            expected={proof.signedRoot}
            actual={proof.computedRoot}
            pointer=""
            labels={["Signed", "Computed"]}
          />
        </div>
      )}
    </div>
  );
}

function StepNote({ step }: { readonly step: ProofStep }): ReactNode {
  if (step.sibling === null || step.side === "carried")
    return "no neighbour at this level: carried up";
  return (
    <>
      with the {step.side} neighbour{" "}
      <HashText value={step.sibling} label={`Neighbour on the ${step.side}`} />
    </>
  );
}

interface NodeProps {
  readonly label: string;
  readonly note: ReactNode;
  readonly value: string;
  readonly state: "plain" | "fits" | "differs";
  readonly last: boolean;
}

function Node({ label, note, value, state, last }: NodeProps): ReactNode {
  const ring =
    state === "fits"
      ? "border-verified bg-verified text-on-ink"
      : state === "differs"
        ? "border-fails bg-fails text-on-ink"
        : "border-strong";
  return (
    <li className="relative flex gap-3 pb-2.5">
      {!last && (
        <span aria-hidden="true" className="absolute top-5 bottom-0 left-[9px] w-px bg-border" />
      )}
      <span
        className={`keeps-colour grid size-[19px] shrink-0 place-items-center rounded-chip border-2 ${ring}`}
      >
        {state === "fits" && <Check aria-hidden size={11} strokeWidth={3} />}
        {state === "differs" && <EqualNot aria-hidden size={11} strokeWidth={3} />}
      </span>
      <div className="min-w-0 flex-1 text-12">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium text-13 text-ink">{label}</span>
          <span className={state === "differs" ? "text-fails" : "text-muted"}>{note}</span>
        </p>
        <p className="flex items-start gap-1 font-mono text-fact">
          <span className="min-w-0 [overflow-wrap:anywhere]">{value}</span>
          <span className="-my-1">
            <CopyButton text={value} label={`Copy ${label.toLowerCase()}`} />
          </span>
        </p>
      </div>
    </li>
  );
}

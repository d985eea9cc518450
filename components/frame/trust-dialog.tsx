"use client";

import { Button } from "@/components/ui/button.tsx";
import { CompareField } from "@/components/ui/compare-field.tsx";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import { Modal } from "@/components/ui/modal.tsx";
import { groupHash } from "@/lib/display/hash.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import { useCommands, useSession } from "@/lib/queries/session.ts";
import type { TrustKey } from "@/lib/session/model.ts";
import { useFrame } from "./frame-context.tsx";

/** Which keys are pinned, which were only offered, and how to compare them with paper. */
export function TrustDialog() {
  const frame = useFrame();
  const commands = useCommands();
  const trust = useSession((state) => state.trust);
  return (
    <Modal title="Trusted keys" isOpen={frame.dialog === "trust"} onClose={() => frame.show(null)}>
      {trust.pinned.length === 0 ? (
        <p className="text-13 text-fact">
          No key is pinned. Records are checked against the keys inside them: that shows whether
          they agree with themselves, not who made them. Drop a trust file alone, without evidence,
          to pin its keys.
        </p>
      ) : (
        <section>
          <h3 className="font-semibold text-13">Pinned</h3>
          <Keys keys={trust.pinned} />
          <Button className="mt-3" onPress={() => commands.unpinAll()}>
            Unpin all
          </Button>
        </section>
      )}
      {trust.offered.map((offer) => (
        <section key={offer.id} className="mt-4 border-hair border-t pt-3">
          <h3 className="font-semibold text-13">Offered, not pinned</h3>
          <p className="text-12 text-muted">
            <span className="break-all font-mono">{offer.path}</span> came together with evidence.
            Whoever made the evidence could have put it there: compare the fingerprints with a
            source you trust, then pin.
          </p>
          <Keys keys={offer.keys} />
          <Button
            variant="primary"
            className="mt-3"
            onPress={() => commands.confirmTrust(offer.id)}
          >
            I compared them: pin these keys
          </Button>
        </section>
      ))}
      {trust.refused.map((refusal) => (
        <section
          key={`${refusal.path} ${refusal.reason}`}
          className="mt-4 border-hair border-t pt-3"
        >
          <h3 className="font-semibold text-13">Refused</h3>
          <p className="text-12 text-fact">
            <span className="break-all font-mono">{refusal.path}</span>: {refusal.reason}
          </p>
        </section>
      ))}
    </Modal>
  );
}

function Keys({ keys }: { readonly keys: readonly TrustKey[] }) {
  return (
    <ul className="mt-2 flex flex-col gap-3">
      {keys.map((key) => (
        <li
          key={`${key.role} ${key.key} ${key.validFrom}`}
          className="rounded-control border border-border p-2.5"
        >
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-medium text-13">{key.role.replaceAll("_", " ")}</span>
            {key.note === "" ? null : (
              <span className="min-w-0 break-words text-12 text-fact">{key.note}</span>
            )}
            <span className="ml-auto text-12 text-muted">{validity(key)}</span>
          </p>
          <p className="mt-1 flex items-start gap-2">
            <span className="min-w-0 font-mono text-12">{groupHash(key.fingerprint)}</span>
            <CopyButton text={key.fingerprint} label="Copy fingerprint" />
          </p>
          <CompareField
            value={key.fingerprint}
            label={`the fingerprint of ${key.note || key.role}`}
          />
        </li>
      ))}
    </ul>
  );
}

function validity(key: TrustKey): string {
  const until = key.retiredAt ?? key.validUntil;
  if (key.validFrom === null && until === null) return "any time";
  if (key.validFrom === null) return `until ${formatDateTime(until ?? 0)} UTC`;
  const from = formatDateTime(key.validFrom);
  return until === null ? `from ${from} UTC` : `${from} to ${formatDateTime(until)} UTC`;
}

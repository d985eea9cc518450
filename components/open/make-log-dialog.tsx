"use client";

import { useId, useState } from "react";
import { useFrame } from "@/components/frame/frame-context.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Modal } from "@/components/ui/modal.tsx";
import { formatCount } from "@/lib/display/numbers.ts";
import { LOG_SIZES } from "@/lib/display/samples.ts";
import { useCommands } from "@/lib/queries/session.ts";

/** Makes a log of n receipts in this page, signs it with demo keys, and checks it like a dropped one. */
export function MakeLogDialog() {
  const frame = useFrame();
  return (
    <Modal
      title="Make a log of any size"
      isOpen={frame.dialog === "make-log"}
      onClose={() => frame.show(null)}
    >
      <Form />
    </Modal>
  );
}

function Form() {
  const frame = useFrame();
  const commands = useCommands();
  const [typed, setTyped] = useState(String(LOG_SIZES.offered));
  const id = useId();
  const size = Number(typed.replace(/[\s,_]/g, ""));
  const fits = Number.isInteger(size) && size >= LOG_SIZES.smallest && size <= LOG_SIZES.largest;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!fits) return;
        frame.show(null);
        commands.makeLog(size);
      }}
    >
      <label htmlFor={id} className="text-13">
        Receipts, {formatCount(LOG_SIZES.smallest)} to {formatCount(LOG_SIZES.largest)}
      </label>
      <input
        id={id}
        value={typed}
        inputMode="numeric"
        autoComplete="off"
        aria-invalid={!fits}
        onChange={(event) => setTyped(event.target.value)}
        className="mt-1 h-9 w-full rounded-control border border-strong bg-surface px-2.5 text-14 tabular-nums"
      />
      <p className="mt-2 text-13 text-muted">
        Made and signed here with demo keys, then checked like a dropped file. First rows in under a
        second. Expect: Verified, demo keys pinned.
      </p>
      <Button type="submit" variant="primary" large className="mt-4" isDisabled={!fits}>
        Make and check
      </Button>
    </form>
  );
}

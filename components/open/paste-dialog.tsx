"use client";

import { useId, useState } from "react";
import { useFrame } from "@/components/frame/frame-context.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Modal } from "@/components/ui/modal.tsx";
import { useCommands } from "@/lib/queries/session.ts";

/** Text instead of a file: a receipt, a log, a token, a trust file. */
export function PasteDialog() {
  const frame = useFrame();
  return (
    <Modal title="Paste text" isOpen={frame.dialog === "paste"} onClose={() => frame.show(null)}>
      <Form />
    </Modal>
  );
}

function Form() {
  const frame = useFrame();
  const commands = useCommands();
  const [text, setText] = useState("");
  const id = useId();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === "") return;
        frame.show(null);
        commands.openText(text);
      }}
    >
      <label htmlFor={id} className="text-13 text-fact">
        A receipt, a log, a checkpoint, a token or a trust file, as JSON or NDJSON
      </label>
      <textarea
        id={id}
        value={text}
        rows={12}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        className="mt-1 w-full resize-y rounded-control border border-strong bg-surface p-2.5 font-mono text-12"
      />
      <Button
        type="submit"
        variant="primary"
        large
        className="mt-3"
        isDisabled={text.trim() === ""}
      >
        Read and check
      </Button>
    </form>
  );
}

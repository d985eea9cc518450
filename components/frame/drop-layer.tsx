"use client";

import { useEffect, useState } from "react";
import { readDrop, useCommands } from "@/lib/queries/session.ts";

/** Files can be dropped, and text pasted, anywhere on every page. */
export function DropLayer() {
  const commands = useCommands();
  const [over, setOver] = useState(false);

  useEffect(() => {
    // `dragleave` fires for every element that is left; the page is left when as many were left as entered.
    let depth = 0;
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const enter = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hover = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = "copy";
    };
    const drop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      if (event.dataTransfer === null || !holdsFiles(event)) return;
      event.preventDefault();
      void readDrop(event.dataTransfer).then((files) => {
        if (files.length > 0) commands.open(files);
      });
    };
    const paste = (event: ClipboardEvent) => {
      const { target, clipboardData } = event;
      if (clipboardData === null || (target instanceof Element && isField(target))) return;
      if (clipboardData.files.length > 0) {
        void readDrop(clipboardData).then((files) => {
          if (files.length > 0) commands.open(files);
        });
        return;
      }
      const text = clipboardData.getData("text/plain");
      if (text.trim() !== "") commands.openText(text);
    };
    window.addEventListener("dragenter", enter);
    window.addEventListener("dragleave", leave);
    window.addEventListener("dragover", hover);
    window.addEventListener("drop", drop);
    window.addEventListener("paste", paste);
    return () => {
      window.removeEventListener("dragenter", enter);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("dragover", hover);
      window.removeEventListener("drop", drop);
      window.removeEventListener("paste", paste);
    };
  }, [commands]);

  if (!over) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-40 flex items-center justify-center bg-scrim p-6">
      <div className="rounded-card border-2 border-ink border-dashed bg-surface px-8 py-6 text-center shadow-popover">
        <p className="font-semibold text-20">Drop to read and check here</p>
        <p className="mt-1 text-13 text-fact">Nothing is uploaded.</p>
      </div>
    </div>
  );
}

function isField(element: Element): boolean {
  return element.closest("input, textarea, [role='dialog']") !== null;
}

"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { type ReactNode, type RefObject, useState } from "react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import { Button } from "@/components/ui/button.tsx";
import { saveFile } from "@/components/ui/save-file.ts";
import type { TextFormat, WalkRequest } from "@/lib/graph/questions.ts";
import { chainQuestion } from "@/lib/queries/chain.ts";
import type { PictureControls } from "./picture/chain-picture.tsx";

const TEXTS: readonly {
  readonly format: TextFormat;
  readonly word: string;
  readonly name: string;
  readonly type: string;
}[] = [
  { format: "text", word: "Text", name: "chain.txt", type: "text/plain;charset=utf-8" },
  { format: "json", word: "JSON", name: "chain.json", type: "application/json" },
  { format: "graphml", word: "GraphML", name: "chain.graphml", type: "application/xml" },
  { format: "dot", word: "DOT", name: "chain.dot", type: "text/vnd.graphviz;charset=utf-8" },
];

interface ExportChainProps {
  readonly revision: number;
  readonly walk: WalkRequest;
  readonly picture: RefObject<PictureControls | null>;
  /** Whether the picture is on the page. */
  readonly isDrawn: boolean;
}

/** Saves the picture as it is drawn, or the whole walk as text. */
export function ExportChain({ revision, walk, picture, isDrawn }: ExportChainProps): ReactNode {
  const client = useQueryClient();
  const [problem, setProblem] = useState("");
  const attempt = (save: () => Promise<void>): void => {
    setProblem("");
    save().catch((error: unknown) =>
      setProblem(error instanceof Error ? error.message : String(error)),
    );
  };
  const saveSvg = async (): Promise<void> => {
    const text = picture.current?.svg() ?? "";
    if (text !== "") saveFile(new Blob([text], { type: "image/svg+xml" }), "chain.svg");
  };
  const savePng = async (): Promise<void> => {
    const image = await picture.current?.png();
    if (image !== undefined) saveFile(image, "chain.png");
  };
  return (
    <DialogTrigger>
      <Button aria-label="Export the chain" className="max-sm:h-11">
        <Download aria-hidden size={15} />
        Export
      </Button>
      <Popover
        placement="bottom end"
        className="w-[min(300px,calc(100vw-24px))] rounded-card border border-border bg-raised p-3.5 shadow-popover"
      >
        <Dialog aria-label="Export the chain" className="flex flex-col gap-2.5 outline-none">
          <p className="text-12 text-fact">
            {isDrawn ? "The picture, as it is drawn:" : "The picture, once it is shown as a graph:"}
          </p>
          <div className="grid grid-cols-2 gap-2">
            <Button isDisabled={!isDrawn} onPress={() => attempt(saveSvg)}>
              SVG
            </Button>
            <Button isDisabled={!isDrawn} onPress={() => attempt(savePng)}>
              PNG
            </Button>
          </div>
          <p className="text-12 text-fact">The whole walk, drawn or not:</p>
          <div className="grid grid-cols-2 gap-2">
            {TEXTS.map(({ format, word, name, type }) => (
              <Button
                key={format}
                onPress={() =>
                  attempt(async () => {
                    const ask = { ...walk, format };
                    const text = await client.fetchQuery({
                      ...chainQuestion(revision, "text", ask),
                      gcTime: 0,
                    });
                    saveFile(new Blob([text], { type }), name);
                  })
                }
              >
                {word}
              </Button>
            ))}
          </div>
          {problem !== "" && (
            <p role="alert" className="text-12 text-fact [overflow-wrap:anywhere]">
              Not exported: {problem.slice(0, 500)}
            </p>
          )}
          <p className="text-12 text-muted">The file is made here and stays here.</p>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

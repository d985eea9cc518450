"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { type ReactNode, useState } from "react";
import { DialogTrigger, Popover } from "react-aria-components";
import { Button } from "@/components/ui/button.tsx";
import { saveFile } from "@/components/ui/save-file.ts";
import type { ChainView, ItemKey } from "@/lib/graph/model.ts";
import type { TextFormat, WalkRequest } from "@/lib/graph/questions.ts";
import { chainSvg } from "@/lib/graph/svg.ts";
import { chainQuestion } from "@/lib/queries/chain.ts";
import { svgToPng } from "./picture/svg-to-png.ts";
import { useTheme } from "./picture/use-theme.ts";

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
  readonly view: ChainView;
  readonly label: string;
  readonly selected: ItemKey | null;
  readonly path: ReadonlySet<ItemKey>;
}

/** Saves the picture as it is drawn, or the whole walk as text. */
export function ExportChain(props: ExportChainProps): ReactNode {
  const { revision, walk, view, label, selected, path } = props;
  const theme = useTheme();
  const client = useQueryClient();
  const [problem, setProblem] = useState("");
  const attempt = (save: () => Promise<void>): void => {
    setProblem("");
    save().catch((error: unknown) =>
      setProblem(error instanceof Error ? error.message : String(error)),
    );
  };
  const svg = (): string => chainSvg(view, { theme, title: label, selected, path });
  return (
    <DialogTrigger>
      <Button aria-label="Export the chain" className="max-sm:h-11">
        <Download aria-hidden size={15} />
        Export
      </Button>
      <Popover
        placement="bottom end"
        aria-label="Export the chain"
        className="w-[min(300px,calc(100vw-24px))] rounded-card border border-border bg-raised p-3.5 shadow-popover outline-none"
      >
        <div className="flex flex-col gap-2.5">
          <p className="text-12 text-fact">The picture, as it is drawn:</p>
          <div className="grid grid-cols-2 gap-2">
            <Button
              onPress={() => saveFile(new Blob([svg()], { type: "image/svg+xml" }), "chain.svg")}
            >
              SVG
            </Button>
            <Button
              onPress={() => attempt(async () => saveFile(await svgToPng(svg()), "chain.png"))}
            >
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
        </div>
      </Popover>
    </DialogTrigger>
  );
}

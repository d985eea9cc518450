import { webPlatform } from "@/lib/workers/platform-web.ts";
import { type Answers, edgeCases, merkleAnswers, receiptCases } from "./known-answers.ts";

/** Texts of the vector files. */
export interface Questions {
  readonly edges: string;
  readonly receipts: readonly string[];
  readonly merkle: string;
}

export interface WorkerAnswers {
  /** Whether WebCrypto's Ed25519 is what stands behind the answers. */
  readonly exact: boolean;
  readonly edges: Answers;
  readonly receipts: readonly Answers[];
  readonly merkle: Answers;
}

self.addEventListener("message", (event: MessageEvent<Questions>) => {
  answer(event.data).then(
    (answers) => self.postMessage(answers),
    (error: unknown) => self.postMessage(String(error)),
  );
});

async function answer({ edges, receipts, merkle }: Questions): Promise<WorkerAnswers> {
  const platform = await webPlatform();
  const answered: Answers[] = [];
  for (const text of receipts) answered.push(await receiptCases(text, platform));
  return {
    exact: platform.exact,
    edges: await edgeCases(edges, platform),
    receipts: answered,
    merkle: merkleAnswers(merkle, platform),
  };
}

import { streamed } from "../problem.ts";
import type { Route } from "../route.ts";

/** `GET /api/evidence`: the whole log as a zip of an evidence folder, made while it is sent. */
export const evidenceRoute: Route = {
  method: "GET",
  path: "/api/evidence",
  access: "control",
  rate: "control",
  bodyLimit: 0,
  errors: "house",
  handle: async (_request, shell) =>
    streamed(streamOf(shell.evidence()), {
      "Content-Type": "application/zip",
      "Content-Disposition": 'attachment; filename="chio-evidence.zip"',
    }),
};

/** Pulled by the reader; a reader that goes away ends the export. */
function streamOf(chunks: AsyncGenerator<Uint8Array, void>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await chunks.next();
        if (next.done === true) {
          controller.close();
        } else {
          controller.enqueue(next.value);
        }
      },
      async cancel() {
        await chunks.return();
      },
    },
    { highWaterMark: 0 },
  );
}

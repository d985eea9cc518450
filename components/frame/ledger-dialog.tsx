"use client";

import { useLive } from "@/components/live/use-live.ts";
import { Modal } from "@/components/ui/modal.tsx";
import { plural } from "@/lib/display/numbers.ts";
import { useSession } from "@/lib/queries/session.ts";
import { useFrame } from "./frame-context.tsx";

/** What left this machine since the page loaded, and how to check that without believing the page. */
export function LedgerDialog() {
  const frame = useFrame();
  const requestsSent = useSession(({ machine }) => machine.requestsSent);
  const requestsAsked = useLive((state) => state.requestsAsked);
  const offlineReady = useSession(({ machine }) => machine.offlineReady);
  return (
    <Modal
      title="Requests sent"
      isOpen={frame.dialog === "ledger"}
      onClose={() => frame.show(null)}
    >
      <p className="text-16">
        <strong className="font-semibold">{plural(requestsSent, "request")}</strong> since this page
        loaded.
      </p>
      {requestsAsked > 0 ? (
        <p className="text-13 text-fact">
          And {plural(requestsAsked, "request")} that you asked for, to this page’s own server: its
          receipt log, on the Live page.
        </p>
      ) : null}
      <div className="mt-2 flex flex-col gap-2 text-13 text-fact">
        <p>Nothing is uploaded. Files are read and checked on this machine.</p>
        <p>
          {offlineReady
            ? "Everything the pages need has been fetched. From now on the count stays where it is, whatever you open."
            : "The pages still fetch their own parts from where this page came from. The count begins when they are here."}
        </p>
        <p>
          The page counts its own requests and those of its workers. To check without believing it:
          open the browser’s network panel, or take the machine off the network. It works the same.
        </p>
        <p>
          A content security policy refuses every other origin, for the page and for its workers.
        </p>
      </div>
    </Modal>
  );
}

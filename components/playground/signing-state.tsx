"use client";

import type { ReactNode } from "react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { classNames } from "@/components/ui/class-names.ts";
import { currentDesk } from "@/lib/playground/current-desk.ts";
import type { TokenSigning } from "@/lib/playground/model.ts";
import { useDesk } from "./use-desk.ts";

/** How the token came to its signature; pressed, it says what that means and lets the old one be tried. */
export function SigningState({ signing }: { readonly signing: TokenSigning | null }): ReactNode {
  const loaded = useDesk((state) => state.draft.loaded !== null);
  const choice = useDesk((state) => state.draft.signing);
  if (signing === null) return null;
  const { word, ink, says } = wordsOf(signing);
  return (
    <DialogTrigger>
      <AriaButton
        className={classNames(
          "min-h-6 cursor-pointer rounded-control font-medium text-13 underline-offset-2 hover:underline",
          ink,
        )}
      >
        {word}
      </AriaButton>
      <Popover
        placement="bottom end"
        className="w-[min(380px,calc(100vw-24px))] rounded-card border border-border bg-raised p-3.5 shadow-popover"
      >
        <Dialog aria-label="Signature of the capability" className="outline-none">
          <p className="text-13 text-fact">{says}</p>
          {loaded ? (
            <label className="mt-2.5 flex min-h-6 items-center gap-2 text-13">
              <input
                type="checkbox"
                checked={choice === "demo"}
                onChange={(event) =>
                  currentDesk().edit({ signing: event.target.checked ? "demo" : "own" })
                }
                className="size-4 accent-ink"
              />
              Sign an edited token again, with a demo key
            </label>
          ) : null}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

interface SigningWords {
  readonly word: string;
  readonly ink: string;
  readonly says: string;
}

function wordsOf(signing: TokenSigning): SigningWords {
  switch (signing.kind) {
    case "none":
      return {
        word: "No token",
        ink: "text-unchecked",
        says: "No capability is presented, so there is no signature.",
      };
    case "demo":
      return {
        word: signing.edited ? "Re-signed with a demo key" : "Signed with a demo key",
        ink: "text-unchecked",
        says: signing.edited
          ? "An edited token cannot keep its signature. An authority that this page made up signs it again, and the kernel here trusts that one key for this evaluation alone."
          : "This token was written here. An authority that this page made up signs it, and the kernel here trusts that one key for this evaluation alone.",
      };
    case "own":
      return signing.fits
        ? {
            word: "Signature fits",
            ink: "text-verified",
            says:
              signing.issuer === "assumed"
                ? "The token is as its issuer signed it. No capability authority is pinned, so its own issuer is taken as trusted here."
                : "The token is as its issuer signed it.",
          }
        : {
            word: "Signature does not fit",
            ink: "text-fails",
            says: "The signature in the token is not one of its issuer over these values.",
          };
  }
}

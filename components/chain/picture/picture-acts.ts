import type { Core } from "cytoscape";
import type { ItemKey } from "@/lib/graph/model.ts";
import { keyOfId } from "./cy-elements.ts";

export interface PictureActs {
  /** An item was pressed, or the ground between them. */
  readonly onTap: (key: ItemKey | null) => void;
  readonly onActivate: (key: ItemKey) => void;
  /** The pointer is over an item, or over none. */
  readonly onHover: (key: ItemKey | null) => void;
}

/** What a pointer or a finger does to items; links take no part. */
export function listenToActs(cy: Core, acts: PictureActs): void {
  cy.on("tap", (event) => {
    if (event.target === cy) acts.onTap(null);
  });
  cy.on("tap", "node", (event) => acts.onTap(keyOfId(event.target.id())));
  cy.on("dbltap", "node", (event) => acts.onActivate(keyOfId(event.target.id())));
  cy.on("mouseover", "node", (event) => acts.onHover(keyOfId(event.target.id())));
  cy.on("mouseout", "node", () => acts.onHover(null));
}

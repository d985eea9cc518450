import type { Core } from "cytoscape";
import { edgeClasses, edgeId, nodeClasses, nodeId } from "./cy-elements.ts";
import type { DrawnEdge, DrawnNode } from "./elements.ts";
import { edgeMarks, type Marks, nodeMarks } from "./marks.ts";
import { nextFrame } from "./motion.ts";

/** Gives elements their classes, as few and in as many frames as it takes. */
export interface Dresser {
  /** The element was added, or changed, with these marks on it. */
  worn(id: string, classes: string): void;
  removed(id: string): void;
  /** Marks everything that is drawn; what is emphasised at once, what is dimmed in parts. */
  dress(nodes: Iterable<DrawnNode>, edges: Iterable<DrawnEdge>, marks: Marks): void;
  stop(): void;
}

/** Elements whose style is worked out for one frame. */
const PART = 150;

export function createDresser(cy: Core): Dresser {
  const worn = new Map<string, string>();
  let run = 0;

  const wear = async (todo: readonly (readonly [string, string])[]): Promise<void> => {
    run += 1;
    const mine = run;
    for (let at = 0; at < todo.length && mine === run; at += PART) {
      cy.batch(() => {
        for (const [id, classes] of todo.slice(at, at + PART)) {
          // It may have gone since.
          if (!worn.has(id)) continue;
          cy.getElementById(id).classes(classes);
          worn.set(id, classes);
        }
      });
      if (at + PART < todo.length) await nextFrame();
    }
  };

  return {
    worn: (id, classes) => worn.set(id, classes),
    removed: (id) => worn.delete(id),
    dress(nodes, edges, marks) {
      const first: (readonly [string, string])[] = [];
      const later: (readonly [string, string])[] = [];
      const want = (id: string, classes: string, isDimmed: boolean): void => {
        if (worn.get(id) !== classes) (isDimmed ? later : first).push([id, classes]);
      };
      for (const node of nodes) {
        want(nodeId(node.key), nodeClasses(node, marks), nodeMarks(node, marks) === "off-path");
      }
      for (const edge of edges) {
        want(edgeId(edge.key), edgeClasses(edge, marks), edgeMarks(edge, marks) === "off-path");
      }
      wear([...first, ...later]).catch(() => undefined);
    },
    stop() {
      run += 1;
    },
  };
}

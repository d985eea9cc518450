import type { ElementDefinition } from "cytoscape";
import type { ItemKey } from "@/lib/graph/model.ts";
import type { DrawnEdge, DrawnNode } from "./elements.ts";
import { edgeMarks, type Marks, nodeMarks } from "./marks.ts";

/** The library's ids are shared by nodes and edges: a letter before the key keeps them apart. */
export const nodeId = (key: ItemKey): string => `n${key}`;
export const edgeId = (key: string): string => `e${key}`;

export function keyOfId(id: string): ItemKey {
  return id.slice(1);
}

/** What the stylesheet reads of an item. */
export function nodeData(node: DrawnNode) {
  return { label: node.name, width: node.width, height: node.height, art: node.art };
}

export function edgeData({ weights, distances, leaves, arrives }: DrawnEdge) {
  return { weights, distances, leaves, arrives };
}

export function nodeClasses(node: DrawnNode, marks: Marks): string {
  return `${node.look} ${nodeMarks(node, marks)}`;
}

export function edgeClasses(edge: DrawnEdge, marks: Marks): string {
  return `${edge.look} ${edgeMarks(edge, marks)}`;
}

export function nodeElement(node: DrawnNode, marks: Marks): ElementDefinition {
  return {
    group: "nodes",
    data: { id: nodeId(node.key), ...nodeData(node) },
    position: { x: node.x, y: node.y },
    classes: nodeClasses(node, marks),
  };
}

export function edgeElement(edge: DrawnEdge, marks: Marks): ElementDefinition {
  return {
    group: "edges",
    data: {
      id: edgeId(edge.key),
      source: nodeId(edge.from),
      target: nodeId(edge.to),
      ...edgeData(edge),
    },
    classes: edgeClasses(edge, marks),
  };
}

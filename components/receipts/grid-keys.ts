/** Where the keyboard stands in the table. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows of one page up or down. */
  readonly page: number;
}

/** The place that a key leads to, or null when the key does not move. `j` and `k` are down and up. */
export function movedPlace(
  place: GridPlace,
  key: string,
  jump: boolean,
  size: GridSize,
): GridPlace | null {
  const at = (row: number, column: number): GridPlace => ({
    row: Math.min(Math.max(row, 0), Math.max(size.rows - 1, 0)),
    column: Math.min(Math.max(column, 0), Math.max(size.columns - 1, 0)),
  });
  switch (key) {
    case "ArrowDown":
    case "j":
      return at(place.row + 1, place.column);
    case "ArrowUp":
    case "k":
      return at(place.row - 1, place.column);
    case "ArrowRight":
      return at(place.row, place.column + 1);
    case "ArrowLeft":
      return at(place.row, place.column - 1);
    case "PageDown":
      return at(place.row + size.page, place.column);
    case "PageUp":
      return at(place.row - size.page, place.column);
    case "Home":
      return jump ? at(0, 0) : at(0, place.column);
    case "End":
      return jump ? at(size.rows - 1, size.columns - 1) : at(size.rows - 1, place.column);
    default:
      return null;
  }
}

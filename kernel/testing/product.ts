type Picked<Lists extends readonly (readonly unknown[])[]> = {
  [Index in keyof Lists]: Lists[Index][number];
};

/** Every way to pick one from each list: a bounded model, walked whole. */
export function* product<const Lists extends readonly (readonly unknown[])[]>(
  ...lists: Lists
): Generator<Picked<Lists>> {
  const [first, ...rest] = lists;
  if (first === undefined) {
    yield [] as unknown as Picked<Lists>;
    return;
  }
  for (const one of first) {
    for (const others of product(...rest)) {
      yield [one, ...others] as unknown as Picked<Lists>;
    }
  }
}

/** Items by a key, in their order under each. */
export function grouped<Item, Key>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** The place of the first of `items`, which are in the order of their numbers, whose number is above `least`; their count where none is. */
export function firstAbove<Item>(
  items: readonly Item[],
  least: number,
  numberOf: (item: Item) => number,
): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberOf(items[middle] as Item) > least) high = middle;
    else low = middle + 1;
  }
  return low;
}

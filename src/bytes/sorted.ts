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

/** Whether one of `values`, which ascend, lies between two others. */
export function hasBetween(values: readonly number[], after: number, before: number): boolean {
  const next = values[firstAbove(values, after, (value) => value)];
  return next !== undefined && next < before;
}

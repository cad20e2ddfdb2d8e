/** The choice after `current` in a list, or the one before it with -1; the list goes round, and may hold null. */
export function neighbour<T>(list: readonly T[], current: T, by: 1 | -1): T {
  const index = (list.indexOf(current) + by + list.length) % list.length;
  return index in list ? (list[index] as T) : current;
}

/** Accounts that one judgement of a tunnel looks at are few; so many results are kept. */
const REMEMBERED_RESULTS = 32;

/** The same function, which remembers its results of the last arguments: rules ask the same of an account again and again. */
export function remembered<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(key);
    const [oldest] = known.keys();
    if (known.size >= REMEMBERED_RESULTS && oldest !== undefined) known.delete(oldest);
    known.set(key, value);
    return value;
  };
}

/**
 * The function, computed at most once for each subject that lives long (a capture's context, a place): several rules ask for
 * the same fact. The result is shared, so nobody may change it; it is forgotten with its subject, at a full collection.
 */
export function once<Subject extends object, Value>(
  compute: (subject: Subject) => Value,
): (subject: Subject) => Value {
  const known = new WeakMap<Subject, { readonly value: Value }>();
  return (subject) => {
    const found = known.get(subject) ?? { value: compute(subject) };
    known.set(subject, found);
    return found.value;
  };
}

/**
 * The same for what is judged one after the other, such as tunnels: the result is known until another subject is asked about.
 * To V8 a result in a WeakMap is alive while it collects what is young, and with it all that it holds of its tunnel: that
 * cost a quarter of the processor time of an outage.
 */
export function onceInTurn<Subject extends object, Value>(
  compute: (subject: Subject) => Value,
): (subject: Subject) => Value {
  let last: { readonly subject: Subject; readonly value: Value } | null = null;
  return (subject) => {
    if (last?.subject !== subject) last = { subject, value: compute(subject) };
    return last.value;
  };
}

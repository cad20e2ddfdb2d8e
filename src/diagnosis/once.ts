/**
 * The function, computed at most once for each subject (a tunnel's context, or the capture's): several rules ask for the same
 * fact. The result is shared, so nobody may change it; it is forgotten with its subject.
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

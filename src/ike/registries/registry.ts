/** One assigned number: the number, its name and the document that assigned it. */
export type RegistryRow = readonly [number: number, name: string, reference: string];

/** A range of numbers, both ends included. */
export type NumberRange = readonly [first: number, last: number];

/** The numbers of a table by name, typed row by row: a name that is not in the table does not compile. */
export type NumbersOf<Table extends readonly RegistryRow[]> = {
  readonly [Row in Table[number] as Identifier<Row[1]>]: Row[0];
};

/** A name with underscores for the hyphens of IKEv1, so that it can be a property. */
type Identifier<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}_${Identifier<Tail>}`
  : Name;

/** Turns a table into an object of its numbers, such as `NOTIFY_V1.NO_PROPOSAL_CHOSEN`. */
export function numbersOf<const Table extends readonly RegistryRow[]>(table: Table): NumbersOf<Table> {
  return Object.fromEntries(
    table.map(([number, name]) => [name.replaceAll("-", "_"), number]),
  ) as NumbersOf<Table>;
}

/**
 * A total name function for a table: the name of an assigned number, "PRIVATE_USE_n" in a range set aside for private
 * use, "UNASSIGNED_n" for any other number.
 */
export function namer(
  table: readonly RegistryRow[],
  privateUse: readonly NumberRange[] = [],
): (number: number) => string {
  const names = new Map(table.map(([number, name]) => [number, name]));
  return (number) =>
    names.get(number) ??
    (privateUse.some(([first, last]) => number >= first && number <= last)
      ? `PRIVATE_USE_${number}`
      : unassigned(number));
}

/** Name of a number that no registry knows. */
export function unassigned(number: number): string {
  return `UNASSIGNED_${number}`;
}

import type { FieldReader } from "../../describe/field-reader.js";
import type { NotifyPayload } from "./type.js";

/** The form of one notify type's data. */
export interface NotifyData {
  readonly read: (reader: FieldReader, notify: NotifyPayload) => void;
  /** Names of the fields that are short and telling enough for a one-line view; null for all of them. */
  readonly inLine: readonly string[] | null;
}

/** Forms by notify type; the data of a type that is not in the table is shown as it is. */
export type NotifyDataTable = ReadonlyMap<number, NotifyData>;

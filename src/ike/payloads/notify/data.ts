import { readFields } from "../../describe/field-reader.js";
import type { Field } from "../../describe/field.js";
import type { IkeVersion } from "../../describe/view.js";
import type { NotifyData } from "./data-form.js";
import { NOTIFY_DATA_V1 } from "./data-v1.js";
import { NOTIFY_DATA_V2 } from "./data-v2.js";
import type { NotifyPayload } from "./type.js";

/**
 * The fields of a notify's data by the form that its type has, and what contradicts it; `base` is the offset of the data
 * in the message. Null where the type has no form of its own.
 */
export function notifyDataFields(notify: NotifyPayload, version: IkeVersion, base: number): Field[] | null {
  const form = formOf(notify.notifyType, version);
  return form === null ? null : readFields(notify.data, base, (reader) => form.read(reader, notify));
}

/** Whether a one-line view says anything of the data of such a notify. */
export function showsNotifyData(version: IkeVersion, notifyType: number): boolean {
  const form = formOf(notifyType, version);
  return form !== null && form.inLine?.length !== 0;
}

/** The values of a notify's data for a one-line view; empty where there is nothing to add to the name. */
export function notifyLineValues(notify: NotifyPayload, version: IkeVersion): string[] {
  const form = formOf(notify.notifyType, version);
  if (form === null || form.inLine?.length === 0) return [];
  const fields = readFields(notify.data, 0, (reader) => form.read(reader, notify));
  if (fields.some(({ name }) => name === "Malformed")) return ["malformed"];
  const shown = fields.filter(({ name }) => form.inLine === null || form.inLine.includes(name));
  return shown.map(({ value }) => value.replace(/ \(\d+\)$/, ""));
}

function formOf(notifyType: number, version: IkeVersion): NotifyData | null {
  const table = version === 2 ? NOTIFY_DATA_V2 : NOTIFY_DATA_V1;
  return table.get(notifyType) ?? null;
}

import { NOTIFY_ERRORS_V1, NOTIFY_STATUS_V1 } from "./notify-v1.js";
import { NOTIFY_ERRORS_V2, NOTIFY_STATUS_V2 } from "./notify-v2.js";
import { namer, unassigned } from "./registry.js";

/** RFC 7296 3.10.1 and RFC 2408 3.14.1: numbers below report errors, in both versions. */
const FIRST_STATUS = 16384;

const nameV1 = namer(
  [...NOTIFY_ERRORS_V1, ...NOTIFY_STATUS_V1],
  [
    [8192, 16383],
    [32768, 40959],
  ],
);
const nameV2 = namer(
  [...NOTIFY_ERRORS_V2, ...NOTIFY_STATUS_V2],
  [
    [8192, 16383],
    [40960, 65535],
  ],
);

/** Name of a notify type; `version` is the major version of the message's header. */
export function notifyName(version: number, number: number): string {
  if (version === 1) return nameV1(number);
  return version === 2 ? nameV2(number) : unassigned(number);
}

/** Whether a notify type reports an error, unknown and private ones included; the same in both versions. */
export function isErrorNotify(number: number): boolean {
  return number > 0 && number < FIRST_STATUS;
}

import { dataField, sizedName } from "../../describe/data-view.js";
import { hexText } from "../../describe/field.js";
import type { PayloadView } from "../../describe/view.js";
import type { Payload } from "../../message.js";
import type { OpaquePayload } from "./type.js";

/** Whether not even the payload's length was there: its bytes are then those of the generic header. */
export function isCutHeader(payload: Payload): boolean {
  return payload.kind === "opaque" && payload.length === 0 && payload.body.length > 0;
}

/** Not decoded, or cut off; the end of a capture may even cut the generic header. */
export const opaqueView: PayloadView<OpaquePayload> = {
  describe: (payload) => {
    const { offset, body } = payload;
    return isCutHeader(payload)
      ? [{ name: "Generic header, cut off", value: hexText(body), offset, length: body.length }]
      : [dataField("Data", payload, body)];
  },
  summarize: (payload, version) => sizedName(payload, version, payload.body),
};

import { sizedName } from "../../describe/data-view.js";
import { hexText, numbered } from "../../describe/field.js";
import { type PayloadView, bodyOffset } from "../../describe/view.js";
import type { KePayload } from "./type.js";
import { groupName } from "../../registries/key-exchange.js";

/** Key Exchange payload (RFC 7296 3.4, RFC 2408 3.7). */
export const keView: PayloadView<KePayload> = {
  describe: (payload) => {
    const { group, data } = payload;
    const behind = group === null ? 0 : 4;
    const fields = [
      {
        name: "Key exchange data",
        value: hexText(data),
        offset: bodyOffset(payload, behind),
        length: data.length,
      },
    ];
    if (group === null) return fields;
    const value = numbered(groupName(group), group);
    return [{ name: "Key exchange method", value, offset: bodyOffset(payload), length: 2 }, ...fields];
  },
  summarize: (payload, version) =>
    payload.group === null ? sizedName(payload, version, payload.data) : `KE[${groupName(payload.group)}]`,
};

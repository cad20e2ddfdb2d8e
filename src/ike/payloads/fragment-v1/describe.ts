import { hexText } from "../../describe/field.js";
import { type PayloadView, bodyOffset } from "../../describe/view.js";
import type { FragmentV1Payload } from "./type.js";

/** IKEv1 fragment ([MS-IKEE] 2.2.2). */
export const fragmentV1View: PayloadView<FragmentV1Payload> = {
  describe: (payload) => {
    const { id, number, last, data } = payload;
    const at = bodyOffset(payload);
    return [
      { name: "Fragment ID", value: String(id), offset: at, length: 2 },
      { name: "Fragment number", value: String(number), offset: at + 2, length: 1 },
      { name: "Last fragment", value: last ? "yes" : "no", offset: at + 3, length: 1 },
      { name: "Piece of the message", value: hexText(data), offset: at + 4, length: data.length },
    ];
  },
  summarize: ({ id, number, last, data }) => `FRAGMENT ${id}:${number}${last ? " last" : ""}{${data.length}}`,
};

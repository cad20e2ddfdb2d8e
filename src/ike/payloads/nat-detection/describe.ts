import { dataField } from "../../describe/data-view.js";
import type { PayloadView } from "../../describe/view.js";
import type { NatDetectionPayload } from "./type.js";
import { payloadName } from "../../registries/payload-types.js";

export const natDetectionView: PayloadView<NatDetectionPayload> = {
  describe: (payload) => [dataField("Hash of cookies, address and port", payload, payload.hash)],
  summarize: (payload, version) => payloadName(version, payload.type),
};

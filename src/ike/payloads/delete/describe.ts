import { toHex } from "../../../bytes/hex.js";
import { doiField } from "../../describe/doi.js";
import { type Field, hexText, listed, numbered } from "../../describe/field.js";
import { type PayloadView, bodyOffset } from "../../describe/view.js";
import type { DeletePayload } from "./type.js";
import { protocolName } from "../../registries/protocols.js";

const MOST_SPIS_OF_A_LINE = 3;

/** Delete payload (RFC 7296 3.11, RFC 2408 3.15). */
export const deleteView: PayloadView<DeletePayload> = {
  describe: (payload, version) => {
    const { doi, protocol, spis } = payload;
    const at = bodyOffset(payload, doi === null ? 0 : 4);
    const size = spis[0]?.length ?? 0;
    const fields: Field[] = [
      ...doiField(payload, doi),
      { name: "Protocol", value: numbered(protocolName(version, protocol), protocol), offset: at, length: 1 },
      { name: "SPI size", value: String(size), offset: at + 1, length: 1 },
      { name: "Number of SPIs", value: String(spis.length), offset: at + 2, length: 2 },
    ];
    const spiFields = listed(spis, (spi, index) => ({
      name: "SPI",
      value: hexText(spi),
      offset: at + 4 + index * size,
      length: size,
    }));
    return [...fields, ...spiFields];
  },
  summarize: ({ protocol, spis }, version) => {
    const name = protocolName(version, protocol);
    if (spis.length === 0) return `D(${name})`;
    const shown = spis.slice(0, MOST_SPIS_OF_A_LINE).map((spi) => `0x${toHex(spi)}`);
    const more = spis.length - shown.length;
    return `D(${name}: ${shown.join(", ")}${more > 0 ? ` +${more}` : ""})`;
  },
};

import { ipProtocolName } from "../registries/traffic-selectors.js";
import { numbered } from "./field.js";

/** The IP protocol of a selector: "TCP (6)", "any (0)"; of one without name the number alone. */
export function ipProtocolText(protocol: number): string {
  if (protocol === 0) return "any (0)";
  const name = ipProtocolName(protocol);
  return name === String(protocol) ? name : numbered(name, protocol);
}

import { pairChildSas } from "../esp/child-sas.js";
import type { KeptTunnel, Tunnel } from "../model.js";

/** The tunnel with all its exchanges as objects. They cost a hundred times what is kept: one tunnel at a time. */
export function openTunnel(kept: KeptTunnel): Tunnel {
  const { addresses, aliases, streams } = kept;
  const ikeSas = kept.ikeSas.map((sa) => sa.open());
  return { ...kept, ikeSas, childSas: pairChildSas({ addresses, aliases, streams, ikeSas }) };
}

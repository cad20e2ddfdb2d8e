import { pairChildSas } from "../esp/child-sas.js";
import type { IkeSa, KeptTunnel, Tunnel } from "../model.js";

/**
 * The tunnel with all its exchanges as objects. They cost a hundred times what is kept: one tunnel at a time. Written out, for
 * what V8 makes of a spread is often a table, and all rules read from it; `map()` makes arrays of another kind once it is compiled.
 */
export function openTunnel(kept: KeptTunnel): Tunnel {
  const { addresses, aliases, streams } = kept;
  const ikeSas: IkeSa[] = [];
  for (const sa of kept.ikeSas) ikeSas.push(sa.open());
  return {
    id: kept.id,
    addresses,
    aliases,
    ikeSas,
    childSas: pairChildSas({ addresses, aliases, streams, ikeSas }),
    ikeSasNotKept: kept.ikeSasNotKept,
    streams,
    streamsNotKept: kept.streamsNotKept,
    streamsWholeFrom: kept.streamsWholeFrom,
    icmp: kept.icmp,
    strayFragments: kept.strayFragments,
    brokenEsp: kept.brokenEsp,
    keepalives: kept.keepalives,
    duplicates: kept.duplicates,
    malformed: kept.malformed,
    tcpConnections: kept.tcpConnections,
    notKept: kept.notKept,
    firstTime: kept.firstTime,
    lastTime: kept.lastTime,
    client: kept.client,
  };
}

import type { TcpConnection } from "./model.js";
import type { TunnelBuilder } from "./tunnel-builder.js";
import type { TunnelTable } from "./tunnel-table.js";

/** So many SYNs to port 4500 that nobody answers come from a peer that wants IKE over TCP. */
const EARNEST_TRIES = 3;

/**
 * The tunnel of a TCP connection, which stays then; null where it carries no IKE, and its peers speak none. A client that repeats its
 * SYN in vain opens a tunnel as well.
 */
export function tunnelOfConnection(tunnels: TunnelTable, connection: TcpConnection): TunnelBuilder | null {
  const { client, server, tries, accepted, ending } = connection;
  const [one, other] = [client.endpoint.address, server.endpoint.address];
  // Port scanners open connections too, but they do not repeat a SYN again and again.
  const isEarnest = tries >= EARNEST_TRIES && accepted === null && ending === null;
  const tunnel =
    connection.recognised || isEarnest ? tunnels.between(one, other) : tunnels.existing(one, other);
  if (tunnel == null) return null;
  tunnels.settle(tunnel);
  return tunnel;
}

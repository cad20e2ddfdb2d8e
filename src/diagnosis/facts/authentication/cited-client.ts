import type { Address } from "../../../bytes/address.js";
import type { EspStream } from "../../../esp/stream.js";
import type { IkeSa } from "../../../session/model.js";
import { type Message, say } from "../../../texts/message.js";
import type { Setup, TunnelContext } from "../../context.js";
import type { Evidence } from "../../finding.js";
import { setupsCited } from "../life/setups.js";
import { natTPorts, portsOf } from "../nat/ports.js";
import { clientsAtOnce, sharedAddress } from "./clients.js";

/**
 * "; the client on UDP 40015, not the only one behind 192.0.2.10": the one of several clients that a verdict is about, by the port that
 * all cited messages and streams have in common; null where there is one client only, or they do not tell.
 */
export function citedClient(
  context: TunnelContext,
  evidence: readonly Pick<Evidence, "frame">[],
): Message | null {
  if (clientsAtOnce(context) < 2) return null;
  const cited = new Set(evidence.map(({ frame }) => frame));
  return clientText(context, {
    setups: setupsCited(context.setups, { evidence }),
    streams: context.tunnel.streams.filter(
      ({ firstFrame, lastFrame }) => cited.has(firstFrame) || cited.has(lastFrame),
    ),
  });
}

/** The same of setups and streams; null where they do not share one port. */
export function clientText(
  context: TunnelContext,
  { setups, streams }: { readonly setups: readonly Setup[]; readonly streams: readonly EspStream[] },
): Message | null {
  const address = sharedAddress(context);
  if (address === null) return null;
  const ports = new Set([
    ...setups.map(({ sa }) => portToName(sa, address)),
    ...streams
      .filter(({ encapsulation }) => encapsulation === "udp")
      .map(({ source, sourcePort, destinationPort }) => (source === address ? sourcePort : destinationPort)),
  ]);
  const [port] = ports;
  if (port === undefined || ports.size > 1) return null;
  return say`; the client on UDP ${port}, not the only one behind ${address}`;
}

/** The port that the gateway's own tables show: that of NAT-T, or the first one before IKE moved there. */
function portToName(sa: IkeSa, address: Address): number {
  return [...natTPorts(sa, address)].at(-1) ?? [...portsOf(sa, address)][0] ?? 0;
}

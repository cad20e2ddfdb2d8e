import { openTunnel } from "../../../session/log/open-tunnel.js";
import type { KeptTunnel } from "../../../session/model.js";
import { type CaptureContext, type TunnelContext, tunnelContext } from "../../context.js";
import { once, onceInTurn } from "../../once.js";

/** The tunnel with all clients that share an address; the tunnel itself where it is all that two addresses do. */
export function withAllClients(context: TunnelContext): TunnelContext {
  const { client } = context.tunnel;
  return client === null ? context : opened(context.capture)(client.ofAll);
}

/** For the address that was asked about last: its clients are judged one after the other. */
const opened = once((capture: CaptureContext) =>
  onceInTurn((kept: KeptTunnel): TunnelContext => tunnelContext(openTunnel(kept), capture)),
);

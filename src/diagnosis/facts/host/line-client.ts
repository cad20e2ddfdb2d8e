import { mayBeOtherClients } from "../../../session/clients/ports.js";
import type { HostEvent } from "../../../evidence/record.js";
import type { HostContext } from "../../context.js";
import type { Verdict } from "../../finding.js";
import { mayShareAddress } from "../authentication/same-client.js";
import { setupsCited } from "../life/setups.js";

/**
 * Whether a line of a log is about the client whose messages a verdict cites. Several clients behind one NAT device have one address,
 * which the line names: only the frames of the messages around it tell them apart, by their ports. "open": there are none.
 */
export function clientOfLine(
  { host, tunnel }: HostContext,
  event: HostEvent,
  wire: Pick<Verdict, "evidence">,
): "same" | "other" | "open" {
  if (tunnel === null || !mayShareAddress(tunnel)) return "same";
  const exchange = host.exchanges.get(event);
  const frames = [exchange?.before?.frame, exchange?.after?.frame].flatMap((frame) => frame ?? []);
  const { id, client } = tunnel.tunnel;
  if (client !== null && frames.length > 0)
    return frames.some((frame) => frame.tunnel === id) ? "same" : "other";
  const about = setupsCited(tunnel.setups, { evidence: frames });
  const cited = setupsCited(tunnel.setups, wire);
  if (about.length === 0 || cited.length === 0) return "open";
  const isOther = cited.every(({ sa }) => about.every((one) => mayBeOtherClients(sa, one.sa)));
  return isOther ? "other" : "same";
}

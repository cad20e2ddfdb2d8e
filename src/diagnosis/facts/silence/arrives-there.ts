import type { Transmission, Endpoint } from "../../../session/model.js";
import { say } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import type { Rival } from "../../finding.js";
import { keptByDevice } from "../../places/kept-by-device.js";
import { isNear } from "../side.js";

/** The step at a host at which requests are seen to arrive, and no answer to leave. */
export const AT_HOST_ASKED =
  "At the responder's host, where the requests are seen to arrive: does its daemon run and listen on this address and port, and do the counters of its firewall rules grow with each attempt?";

/** Whether the capture shows that a request comes to the host that it is for: a capture there would show the same again. */
export function arrivesThere(context: TunnelContext, request: Transmission, asked: Endpoint): boolean {
  return isNear(context, asked.address) && keptByDevice(context, request) === null;
}

/** The rival that the host itself drops it behind the sniffer. */
export function droppedAtHost({ address }: Endpoint): Rival {
  return {
    code: "host-drops-inbound",
    separatedBy: say`the log of ${address}: whether its daemon receives the requests that come to the host`,
  };
}

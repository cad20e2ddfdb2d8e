import type { Transmission } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";
import { hostsOf } from "./events.js";
import { joinsOf } from "./joins.js";

/** The payloads of a request as the log of either end names them. */
export interface NamedPayloads {
  readonly host: string;
  /** Names of charon, as D and N(NATD_S_IP); none for an empty message. */
  readonly names: readonly string[];
}

/** Null where no log names the payloads of the request. */
export function namedPayloads(context: TunnelContext, request: Transmission): NamedPayloads | null {
  const frames = new Set(request.sightings.flatMap((sighting) => sighting.frames));
  const { messageId } = request.message.header;
  for (const host of hostsOf(context)) {
    const joins = [...host.clocks.values()].flatMap((clock) => joinsOf(clock, context.tunnel.id));
    for (const { entry, frame } of joins) {
      const { message } = entry.event;
      if (message?.payloads == null || !frames.has(frame.frame)) continue;
      if (frame.response || message.response !== false || message.messageId !== messageId) continue;
      const names = message.payloads.split(" ").filter((name) => name !== "");
      return { host: host.records.name, names };
    }
  }
  return null;
}

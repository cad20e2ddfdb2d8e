import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import { type Message, say } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import { canonicalOf } from "../sides.js";
import { withAllClients } from "./all-clients.js";

/** Packets that were under way at that moment came sooner. */
const AFTER: Micros = 2_000_000;

/** Whether that end still sends ESP to another client behind the same address well after `time`: then neither it nor its way failed as a whole. */
export function servesOthersAfter(context: TunnelContext, end: Address, time: Micros): boolean {
  const { client, streams } = context.tunnel;
  if (client === null || client.address === end) return false;
  const own = new Set(streams);
  const all = withAllClients(context).tunnel;
  return all.streams.some(
    (stream) => !own.has(stream) && stream.lastTime > time + AFTER && canonicalOf(all, stream.source) === end,
  );
}

/** The sentence about that, with a blank before it; empty where it serves no other, or none is known. */
export function servesOthersText(context: TunnelContext, end: Address, time: Micros): Message {
  return servesOthersAfter(context, end, time)
    ? say` ${end} still sends ESP to other clients behind ${context.tunnel.client?.address ?? ""}, so neither it nor the path failed as a whole: it no longer knows this client, or a device drops what this client's port sends or gets.`
    : "";
}

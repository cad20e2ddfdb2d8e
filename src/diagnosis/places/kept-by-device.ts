import type { Transmission } from "../../session/model.js";
import { type Message, say } from "../../texts/message.js";
import type { TunnelContext } from "../context.js";
import { nameOfDevice } from "./device-texts.js";
import { lostMessages } from "./lost-message.js";
import { passagesOf } from "./passage.js";

/** That the one device between two links of the capture keeps this message; null where that is not seen. */
export function keptByDevice(context: TunnelContext, message: Transmission | null): Message | null {
  const frames = new Set((message?.sightings ?? []).flatMap((sighting) => sighting.frames));
  if (frames.size === 0) return null;
  for (const passage of passagesOf(context)) {
    const { device } = passage;
    if (device === null) continue;
    const isKept = lostMessages(context, passage).some(({ message: lost }) =>
      lost.sightings.some((sighting) => sighting.frames.some((frame) => frames.has(frame))),
    );
    if (isKept)
      return say`Seen on both sides of ${nameOfDevice(device)}: the message comes in there and does not leave.`;
  }
  return null;
}

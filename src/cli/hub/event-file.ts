import { type FleetEvent, fleetEventJson } from "../../report/fleet/event.js";
import { jsonLine } from "../../report/live/event-json.js";
import { literal, UsageError } from "../exit.js";
import { EventOutput } from "../live/event-output.js";
import { FileTarget } from "../live/line-target.js";
import { type Message, say } from "../../texts/message.js";
import { systemReason } from "../../capture/node/system-error.js";

/** A file to which events are appended, one JSON object a line. Rejects with a UsageError where it cannot be written. */
export async function openEventFile(
  path: string,
  tell: (message: Message) => void,
): Promise<EventOutput<FleetEvent>> {
  const file = new FileTarget(path);
  try {
    await file.check();
  } catch (error) {
    throw new UsageError(say`--json ${literal(path)}: ${systemReason(error)}`);
  }
  // Lines that are lost here are in the stream of the server.
  return new EventOutput(
    file,
    { event: (event) => jsonLine(fleetEventJson(event)), lost: null },
    { say: tell },
  );
}

import { humanDuration, type Micros } from "../../../bytes/time.js";
import { type Message, say } from "../../../texts/message.js";

/** With less capture after it than this a message is what the capture ends with: no peer on a real path answers sooner. */
export const LEAST_WAIT_US: Micros = 1000;

/** The text on the end of the capture, by the message before it that it names; `waited` is the time from that message on. */
export function endOfCapture(waited: Micros, name: Message): Message {
  return waited < LEAST_WAIT_US
    ? say`the capture ends with ${name}`
    : say`the capture ends ${humanDuration(waited)} after ${name}`;
}

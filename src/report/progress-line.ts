import { type Message, say } from "../texts/message.js";
import { humanBytes } from "../bytes/size.js";

/** Bytes of the captures that were read, of how many; null where nobody knows. */
interface HowFar {
  readonly read: number;
  readonly total: number | null;
}

/** The text of the line after so many seconds. The judging comes after the reading, so only the reading has an end to tell. */
export function progressLine({ read, total }: HowFar, seconds: number): Message {
  const rate = read / seconds;
  const speed = `${humanBytes(rate)}/s`;
  if (total === null || total === 0) return say`read ${humanBytes(read)}, ${speed}`;
  if (read >= total) return say`read ${humanBytes(total)}, ${speed}, not judged yet`;
  const share = Math.min(99, Math.floor((100 * read) / total));
  const left = rate > 0 ? say`, ${Math.ceil((total - read) / rate)} s left to read` : "";
  return say`read ${humanBytes(read)} of ${humanBytes(total)} (${share} %), ${speed}${left}`;
}

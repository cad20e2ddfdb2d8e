import { printable } from "../../../bytes/text.js";
import { interfaceNames } from "./interfaces.js";
import { LiveError, type LiveOptions } from "./live-capture.js";
import type { Tool } from "./tool.js";
import { type Message, listed, verbatim, say } from "../../../texts/message.js";

/** Names that are listed where one is not found. */
const MOST_NAMES = 20;

/** Words of libpcap for a fault, the same in all tools. */
const NO_DEVICE = /no such device|no device named|SIOCG\w+: .*no such/i;
const NO_PERMISSION = /permission|not permitted|not allowed/i;
const NOT_UP = /is not up|network is down/i;

/** The last words of a tool before it ended. */
export interface Complaint {
  readonly words: readonly string[];
  /** Its reason against the filter, where it is known to lie there. */
  readonly filterFault: string | null;
  /** The program to install, if one is missing. */
  readonly missing: string | null;
}

/** Why a tool ended before it captured. */
export function faultOf(tool: Tool, options: LiveOptions, complaint: Complaint): LiveError {
  const { words, filterFault, missing } = complaint;
  if (missing !== null) return new LiveError("missing-tool", missing);
  if (filterFault !== null) {
    const reason = verbatim(printable(filterFault));
    return new LiveError(
      "bad-filter",
      say`the capture filter is refused: ${reason} (man pcap-filter has its language)`,
    );
  }
  const said = words.join(" ");
  const name = verbatim(printable(options.interface));
  if (NO_DEVICE.test(said)) {
    return new LiveError("missing-interface", say`there is no interface ${name}: ${namesThereAre()}`);
  }
  if (NO_PERMISSION.test(said)) {
    return new LiveError(
      "permission",
      say`${tool.backend} may not capture on ${name}: ${tool.permissionAdvice}`,
    );
  }
  if (NOT_UP.test(said)) {
    return new LiveError("interface-down", say`the interface ${name} is down: ip link set ${name} up`);
  }
  const last = words.at(-1);
  return new LiveError(
    "ended",
    say`${tool.backend} could not capture on ${name}: ${last === undefined ? "it ended without a word" : verbatim(printable(last))}`,
  );
}

function namesThereAre(): Message {
  const names = interfaceNames();
  const shown = listed(names.slice(0, MOST_NAMES).map((one) => verbatim(printable(one))));
  const rest = names.length > MOST_NAMES ? say` and ${names.length - MOST_NAMES} more` : "";
  return names.length === 0
    ? "ip link shows which there are"
    : say`there are ${shown}${rest} and any (see ip link)`;
}

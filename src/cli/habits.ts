import { type Message, say, verbatim } from "../texts/message.js";

/** Options of tcpdump and tshark that hands type from habit, and how the same is had here. */
const HABITS: ReadonlyMap<string, Message> = new Map([
  ["-i", say`packets of an interface: ${verbatim("ikescope live -i eth0")}`],
  ["-w", say`-o writes the report to a file, --evidence the frames that findings cite`],
  ["-n", say`addresses are not resolved; --names shows the names of a file`],
  ["-nn", say`addresses are not resolved; --names shows the names of a file`],
  ["-Y", say`--peer, --tunnel, --from and --to choose what is reported`],
  ["-v", say`each message with its payloads: ${verbatim("ikescope decode -v trace.pcap")}`],
  ["-vv", say`each message with its payloads: ${verbatim("ikescope decode -v trace.pcap")}`],
]);

/** How to have here what this option means elsewhere; null where that is not known. */
export function habitOf(option: string): Message | null {
  return HABITS.get(option) ?? null;
}

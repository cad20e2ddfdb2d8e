import type { IcmpAnswer, Tunnel } from "../../session/model.js";
import { say } from "../../texts/message.js";
import type { LadderRow } from "./row.js";
import { other, sideOf } from "./sides.js";

/** Names of ICMP errors by "version/type/code" (RFC 792, RFC 1812, RFC 4443), or "version/type" where no code has a name of its own. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["4/3/0", "network unreachable"],
  ["4/3/1", "host unreachable"],
  ["4/3/2", "protocol unreachable"],
  ["4/3/3", "port unreachable"],
  ["4/3/4", "fragmentation needed"],
  ["4/3/9", "network prohibited"],
  ["4/3/10", "host prohibited"],
  ["4/3/13", "admin prohibited"],
  ["4/3", "destination unreachable"],
  ["4/4", "source quench"],
  ["4/5", "redirect"],
  ["4/11/0", "TTL exceeded in transit"],
  ["4/11/1", "fragment reassembly time exceeded"],
  ["4/12", "parameter problem"],
  ["6/1/0", "no route to destination"],
  ["6/1/1", "admin prohibited"],
  ["6/1/3", "address unreachable"],
  ["6/1/4", "port unreachable"],
  ["6/1", "destination unreachable"],
  ["6/2", "packet too big"],
  ["6/3/0", "hop limit exceeded in transit"],
  ["6/3/1", "fragment reassembly time exceeded"],
  ["6/4", "parameter problem"],
]);

const PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [17, "UDP"],
  [50, "ESP"],
  [51, "AH"],
]);

/** ICMP errors that quote a packet of the tunnel, towards the side that sent it. */
export function icmpRows(tunnel: Tunnel): LadderRow[] {
  return tunnel.icmp.map((answer) => icmpRow(tunnel, answer));
}

function icmpRow(tunnel: Tunnel, { time, frame, source, destination, error }: IcmpAnswer): LadderRow {
  const { quoted, mtu, version, type, code } = error;
  const to = sideOf(tunnel, destination) ?? sideOf(tunnel, quoted.source) ?? "left";
  const from = sideOf(tunnel, source) === other(to) ? other(to) : null;
  const name = NAMES.get(`${version}/${type}/${code}`) ?? NAMES.get(`${version}/${type}`);
  const about = say`${PROTOCOLS.get(quoted.protocol) ?? say`protocol ${quoted.protocol}`}${quoted.protocol === 17 && quoted.fragmentOffset === 0 ? ` ${quoted.destinationPort}` : ""}`;
  return {
    kind: "icmp",
    time,
    frames: [frame],
    from,
    to,
    title: say`ICMP${version === 6 ? "v6" : ""} ${name ?? say`type ${type} code ${code}`}`,
    details: [
      say`from ${source}`,
      ...(mtu === null ? [] : [`MTU ${mtu}`]),
      say`about ${about} to ${quoted.destination}`,
    ],
    attempt: 1,
    fate: "plain",
    message: null,
  };
}

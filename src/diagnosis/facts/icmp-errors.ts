import { IKE_PORT, NAT_T_PORT } from "../../ike/ports.js";
import { classifyUdpPayload, UDP_PAYLOAD } from "../../ike/udp.js";
import { IP_PROTOCOL } from "../../ike/registries/traffic-selectors.js";
import type { IcmpAnswer } from "../../session/model.js";
import type { Code } from "../codes.js";
import type { Verdict } from "../finding.js";
import type { TunnelContext } from "../context.js";
import { endOfRefusals, wentOnAfter } from "./icmp-end.js";
import { isOfEndedInitiator } from "./authentication/ended-initiator.js";
import { numberOf } from "./recording/kept.js";
import { MENDED } from "./life/healing.js";
import { isOfLeftMapping } from "./nat/left-mapping.js";
import { isOfLeftPort } from "./nat/left-port.js";
import { isOfOtherPath } from "./nat/other-path.js";
import { canonicalOf } from "./sides.js";
import { phaseName } from "../phases.js";
import { onceInTurn } from "../once.js";
import { joined, type Message, say } from "../../texts/message.js";

const TIME_EXCEEDED = "time exceeded in transit";

/** ICMP type and code of each verdict, with the name that the RFC gives them, IPv4 (RFC 792, RFC 1812) and IPv6 (RFC 4443). */
const MEANINGS: readonly {
  readonly code: Code;
  readonly says: Message;
  readonly v4: readonly (readonly [number, number])[];
  readonly v6: readonly (readonly [number, number])[];
}[] = [
  { code: "icmp-port-unreachable", says: "port unreachable", v4: [[3, 3]], v6: [[1, 4]] },
  {
    code: "icmp-admin-prohibited",
    says: "administratively prohibited",
    v4: [
      [3, 9],
      [3, 10],
      [3, 13],
    ],
    v6: [[1, 1]],
  },
  { code: "icmp-protocol-unreachable", says: "protocol unreachable", v4: [[3, 2]], v6: [[4, 1]] },
  { code: "icmp-host-unreachable", says: "network unreachable", v4: [[3, 0]], v6: [] },
  { code: "icmp-host-unreachable", says: "host unreachable", v4: [[3, 1]], v6: [] },
  { code: "icmp-host-unreachable", says: "no route to destination", v4: [], v6: [[1, 0]] },
  { code: "icmp-host-unreachable", says: "address unreachable", v4: [], v6: [[1, 3]] },
  { code: "icmp-host-unreachable", says: TIME_EXCEEDED, v4: [[11, 0]], v6: [[3, 0]] },
];

/** Whether an ICMP error of the tunnel says that a packet went round too often. */
export function saysTimeExceeded({ tunnel }: TunnelContext): boolean {
  return tunnel.icmp.some((answer) => meaningOf(answer)?.says === TIME_EXCEEDED && aboutIpsec(answer));
}

/** The meaning of an ICMP error, and the verdict that it stands for; undefined for those that are none (fragmentation needed, ...). */
function meaningOf({ error: { version, type, code } }: IcmpAnswer): (typeof MEANINGS)[number] | undefined {
  return MEANINGS.find((row) =>
    (version === 4 ? row.v4 : row.v6).some((pair) => pair[0] === type && pair[1] === code),
  );
}

function icmpCode(answer: IcmpAnswer): Code | null {
  return meaningOf(answer)?.code ?? null;
}

/** The verdict on ICMP errors of one meaning that quote a packet of the tunnel; null if there are none. */
export function icmpVerdict(context: TunnelContext, code: Code): Verdict | null {
  const answers = context.tunnel.icmp.filter(
    (answer) => icmpCode(answer) === code && aboutIpsec(answer) && !isExplained(context, answer),
  );
  const first = answers[0];
  const last = answers.at(-1);
  if (first === undefined || last === undefined) return null;
  return verdict(context, answers, first, last);
}

/** Whether an ICMP error stands, not healed since, that explains why the peer is silent. */
export const isRefusedByIcmp = onceInTurn((context: TunnelContext): boolean => {
  return context.tunnel.icmp.some(
    // That a host takes no ESP does not explain why it is silent on UDP.
    (answer) =>
      icmpCode(answer) !== null &&
      icmpCode(answer) !== "icmp-protocol-unreachable" &&
      aboutIpsec(answer) &&
      !isExplained(context, answer) &&
      !wentOnAfter(context, answer),
  );
});

/** Whether something else than a daemon that is not there made the host refuse the packet. */
function isExplained(context: TunnelContext, answer: IcmpAnswer): boolean {
  return (
    isOfLeftMapping(context, answer) ||
    isOfOtherPath(context, answer) ||
    context.setups.some((setup) => isOfEndedInitiator(setup, answer) || isOfLeftPort(setup, answer))
  );
}

function aboutIpsec({ error }: IcmpAnswer): boolean {
  const { protocol, sourcePort, destinationPort } = error.quoted;
  if (protocol !== IP_PROTOCOL.UDP) return protocol === IP_PROTOCOL.ESP || protocol === IP_PROTOCOL.AH;
  if (isKeepalive(error)) return false;
  return [sourcePort, destinationPort].some((port) => port === IKE_PORT || port === NAT_T_PORT);
}

function verdict(
  context: TunnelContext,
  answers: readonly IcmpAnswer[],
  first: IcmpAnswer,
  last: IcmpAnswer,
): Verdict {
  const says = meaningOf(first)?.says ?? "";
  const { quoted } = first.error;
  const what =
    quoted.protocol === IP_PROTOCOL.UDP
      ? `UDP ${quoted.destinationPort}`
      : quoted.protocol === IP_PROTOCOL.AH
        ? "AH"
        : "ESP";
  const fromPeer =
    canonicalOf(context.tunnel, first.source) === canonicalOf(context.tunnel, quoted.destination);
  const sender = fromPeer
    ? say`The peer ${first.source} itself`
    : say`${first.source}, a device on the path,`;
  const isMended = wentOnAfter(context, last);
  const { text, after, ...end } = endOfRefusals(context, { first, last, what, isMended });
  return {
    ...(isMended ? MENDED : {}),
    ...end,
    confidence: "certain",
    provenance: "observed",
    phase: phaseAt(context, first),
    headline: joined(
      say`${what} at ${quoted.destination} refused by ICMP ${says} from ${first.source}`,
      after,
    ),
    summary: joined(
      say`${sender} answered ${answers.length === 1 ? "a packet" : say`${numberOf(answers, context.tunnel.notKept.icmp)} packets`} from `,
      say`${quoted.source} to ${quoted.destination} (${what}) with ICMP ${says}. `,
      text,
    ),
    evidence: answers.slice(0, 4).map((answer) => ({
      frame: answer.frame,
      time: answer.time,
      nanos: 0,
      text: say`ICMP ${meaningOf(answer)?.says ?? says} from ${answer.source}, quotes ${answer.error.quoted.source} -> ${answer.error.quoted.destination}`,
    })),
  };
}

/** One byte in UDP over IPv4 or IPv6 (RFC 3948 2.3): nobody waits for an answer to it, after a tunnel's end either. */
function isKeepalive({ quoted: { ipLength, payload } }: IcmpAnswer["error"]): boolean {
  return ipLength === 29 || ipLength === 49 || (payload.length === 1 && payload[0] === 0xff);
}

/** ESP, also in UDP. */
function quotesEsp({ error: { version, quoted } }: IcmpAnswer): boolean {
  const { protocol, sourcePort, destinationPort, payload, ipLength } = quoted;
  if (protocol !== IP_PROTOCOL.UDP) return protocol === IP_PROTOCOL.ESP;
  const length = ipLength - (version === 4 ? HEADERS_BYTES.v4 : HEADERS_BYTES.v6);
  const kind = classifyUdpPayload(payload, 0, payload.length, length, sourcePort, destinationPort);
  return kind === UDP_PAYLOAD.esp;
}

/** The length of the headers of IP without options, and UDP. */
const HEADERS_BYTES = { v4: 28, v6: 48 } as const;

/** The phase of the message that the ICMP error answered: the last one sent before it. */
export function phaseAt({ setups }: TunnelContext, answer: IcmpAnswer): Verdict["phase"] {
  if (quotesEsp(answer)) return "ESP";
  let phase: Verdict["phase"] = null;
  let latest = -Infinity;
  for (const { sa } of setups) {
    for (const exchange of sa.exchanges) {
      for (const sighting of exchange.request?.sightings ?? []) {
        if (sighting.time > answer.time || sighting.time < latest) continue;
        latest = sighting.time;
        phase = phaseName(sa.majorVersion, exchange.exchangeType);
      }
    }
  }
  return phase;
}

/** ICMP "fragmentation needed" (IPv6: packet too big) that quotes an IKE or ESP packet larger than the MTU it names. */
export function tooBigReports({ tunnel }: TunnelContext): IcmpAnswer[] {
  return tunnel.icmp.filter((answer) => isTooBig(answer) && aboutIpsec(answer));
}

/** With the MTU named; a report that quotes a smaller packet than it claims to refuse is not to be believed. */
function isTooBig({ error: { version, type, code, mtu, quoted } }: IcmpAnswer): boolean {
  const isReport = version === 4 ? type === 3 && code === 4 : type === 2;
  return isReport && mtu !== null && mtu > 0 && quoted.ipLength > mtu;
}

export function mtuOf({ error }: IcmpAnswer): number {
  return error.mtu ?? 0;
}

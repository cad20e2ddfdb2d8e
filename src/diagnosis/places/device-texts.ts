import type { Address } from "../../bytes/address.js";
import { type Message, say } from "../../texts/message.js";
import type { Device } from "./device.js";
import type { Passage } from "./passage.js";

/** The device, for people. */
export function nameOfDevice(device: Exclude<Device, null>): Message {
  return device === "capturing" ? "the capturing device" : "the router between the two links";
}

/** Packets that are lost: one that was named, several, or so many. */
type Lost = "it" | "they" | { readonly packets: number };

/** Continues a headline: where packets are and are not, or which device keeps them. */
export function whereLost(
  { device }: Passage,
  [here, there]: readonly [Message, Message],
  lost: Lost,
): Message {
  switch (lost) {
    case "it":
      return device === null
        ? say`it is in ${here}, and not in ${there}`
        : say`${nameOfDevice(device)} receives it and does not forward it`;
    case "they":
      return device === null
        ? say`they are in ${here}, and not in ${there}`
        : say`${nameOfDevice(device)} receives them and does not forward them`;
    default:
      return device === null
        ? say`${lost.packets} packets are in ${here}, and not in ${there}`
        : say`${nameOfDevice(device)} receives ${lost.packets} packets and does not forward them`;
  }
}

/** The place to look at, and that it is not the host of `notAt`. */
export function whereToLook({ device }: Passage, notAt: Address): Message {
  return device === null
    ? say`look at the path between the two capture points, not at ${notAt}.`
    : say`${nameOfDevice(device)} does not forward it. Look at its firewall, policy and routes, not at ${notAt}.`;
}

/** The conclusion from packets that are here and not there. */
export function soLost({ device }: Passage): Message {
  return device === null
    ? "So they are lost between the two capture points. "
    : say`So ${nameOfDevice(device)} does not forward them: its firewall, its policy, its route or its other link is the cause. `;
}

/** The same where the size decides. */
export function soLostBySize({ device }: Passage): Message {
  return device === null
    ? "They are lost between the two capture points because of their size: a link with a smaller MTU whose reports do not come back, or a filter. "
    : say`Because of their size ${nameOfDevice(device)} does not forward them: the MTU of its other link, or a rule on lengths or fragments. `;
}

/** Says that a part of the packets is lost: `lost` of `packets`. */
export function partLostText(
  passage: Passage,
  { lost, packets, carrier }: { readonly lost: number; readonly packets: number; readonly carrier: Message },
  [here, there]: readonly [Message, Message],
): Message {
  const { device, sender, receiver } = passage;
  return device === null
    ? say`${lost} of ${packets} ${carrier} packets from ${sender} to ${receiver} are lost between ${here} and ${there}`
    : say`${lost} of ${packets} ${carrier} packets from ${sender} to ${receiver}: ${nameOfDevice(device)} receives them and does not forward them`;
}

/** Steps at the device: rules, route, state. */
export function remediesAt(passage: Passage): readonly Message[] | null {
  const { device, sender, receiver } = passage;
  if (device === null) return null;
  return [
    say`On ${nameOfDevice(device)}: which rule counts these packets ('nft list ruleset', 'iptables -vnL FORWARD', 'iptables -t raw -vnL', or the log of its policy)? UDP 500, UDP 4500 and ESP (protocol 50) need rules of their own, in both directions.`,
    say`Its route: 'ip route get ${receiver} from ${sender} iif INTERFACE' must lead out by the other link; a reverse path filter ('sysctl net.ipv4.conf.all.rp_filter', and that of the interface) drops what comes from an address that it would reach by another way.`,
    say`Its state: 'conntrack -L' for these addresses. An entry with another address translation, or one made before a rule changed, misleads them: 'conntrack -D' removes it.`,
  ];
}

/** The observation that would show that the device does forward them. */
export function rivalAt({ receiver }: Passage): Message {
  return say`a capture of all interfaces of this device, with no filter on one of them: if the packets leave by another one, they took another way to ${receiver}; and whether its sniffer lost packets`;
}

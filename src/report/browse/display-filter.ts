import type { Address } from "../../bytes/address.js";
import { type FrameRef, frameNumber } from "../../bytes/frame.js";
import { IKE_PORT, NAT_T_PORT } from "../../ike/ports.js";
import type { KeptTunnel, TunnelClient } from "../../session/model.js";

/**
 * A display filter of Wireshark for all packets of a tunnel: IKE, ESP, AH and NAT-T between its two ends, by whatever
 * addresses these were seen with, and ICMP errors that quote such a packet.
 */
export function tunnelFilter(tunnel: KeptTunnel): string {
  const [first, second] = tunnel.addresses;
  const end = (address: Address): string =>
    addressTest([
      address,
      ...tunnel.aliases.filter(({ standsFor }) => standsFor === address).map((alias) => alias.address),
    ]);
  const kinds = tunnel.client === null ? kindTests(tunnel) : clientTests(tunnel, tunnel.client);
  return `${end(first)} && ${end(second)} && (${kinds.join(" || ")})`;
}

/** A display filter of Wireshark for frames, by their numbers within their file. */
export function framesFilter(frames: readonly FrameRef[]): string {
  return test("frame.number", [...new Set(frames.map(frameNumber))].map(String));
}

function addressTest(addresses: readonly Address[]): string {
  const [v6, v4] = [true, false].map((isV6) => addresses.filter((one) => one.includes(":") === isV6));
  const tests = [test("ip.addr", v4 ?? []), test("ipv6.addr", v6 ?? [])].filter((one) => one !== "");
  return tests.length > 1 ? `(${tests.join(" || ")})` : tests.join("");
}

/** All that one of several clients behind an address sends and gets has a port of its own there. */
function clientTests(tunnel: KeptTunnel, { ports }: TunnelClient): string[] {
  return [test("udp.port", [...ports].map(String)), ...fragmentTests(tunnel)];
}

function kindTests(tunnel: KeptTunnel): string[] {
  const { ikeSas, tcpConnections } = tunnel;
  const udp = new Set<number>([IKE_PORT, NAT_T_PORT]);
  for (const { initiator, responder } of ikeSas) {
    if (!udp.has(initiator.port)) udp.add(responder.port);
  }
  const tcp = new Set(tcpConnections.map(({ server }) => server.endpoint.port));
  return [
    "isakmp",
    "esp",
    "ah",
    test("udp.port", [...udp].map(String)),
    ...(tcp.size === 0 ? [] : [test("tcp.port", [...tcp].map(String))]),
    ...fragmentTests(tunnel),
  ];
}

/** Wireshark shows ports of the fragment alone that completes a datagram. */
function fragmentTests({ addresses }: KeptTunnel): string[] {
  return addresses[0].includes(":") ? ["ipv6.fraghdr"] : ["ip.flags.mf == 1", "ip.frag_offset > 0"];
}

/** "" for no value. */
function test(field: string, values: readonly string[]): string {
  if (values.length === 0) return "";
  return values.length === 1 ? `${field} == ${values[0]}` : `${field} in {${values.join(", ")}}`;
}

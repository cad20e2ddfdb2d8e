import { hex32 } from "../../../bytes/hex.js";
import type { EspStream } from "../../../esp/stream.js";
import type { XfrmState } from "../../../evidence/record.js";
import type { HostContext } from "../../context.js";
import { isInbound, statesOf } from "../../facts/host/kernel.js";
import { isTakenAtHost } from "../../facts/host/capture-point.js";
import { dumpLine } from "../../facts/host/lines.js";
import { defineHostRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** A few packets may come between the dump and the end of the capture. */
const LEAST_DROPPED = { packets: 3, share: 0.05 } as const;

/** ESP packets reach the host, and its state neither counts nor refuses them. */
export const espDroppedBeforeXfrm = defineHostRule({
  code: "esp-dropped-before-xfrm",
  severity: "critical",
  title: "The host drops ESP packets before IPsec sees them",
  explanation:
    "More ESP packets of an SPI come to the host than its state has counted, refused as repeats or as wrong: they are dropped in between.",
  signature:
    "In a capture at the host, packets of an inbound SPI exceed packets + replay + failed of its state by more than 3 and 5%, while the states of the other direction have counted all that the capture shows. Not said with hardware offload, if packets are there twice, and if the dump is older than the packets: its states that send lack packets too.",
  remedies: [
    "On that host: iptables -vnL INPUT and nft list ruleset: is protocol 50 (or UDP 4500) let in?",
    "nstat -az: IpReversePathFilter, IpInHdrErrors, UdpInErrors; sysctl net.ipv4.conf.all.rp_filter.",
    "ip -s link: drops of the interface; ip -s xfrm state again, to see whether its counters move.",
  ],
  references: ["RFC 4303 section 3.4"],
  needs: ["host", "all-packets"],
  detect: (context) => {
    const states = statesOf(context);
    const { tunnel, host } = context;
    if (states === null || tunnel === null || !isTakenAtHost(context)) return null;
    const missing = states.flatMap((state) => {
      const stream = tunnel.tunnel.streams.find(
        ({ spi, destination }) => spi === state.spi && host.records.addresses.has(destination),
      );
      const counted = countOf(state);
      if (stream === undefined || counted === null || !isInbound(context, state) || state.offloaded)
        return [];
      if (stream.duplicates > 0) return [];
      const more = stream.packets - counted;
      return isMany(more, stream) ? [{ state, stream, counted, more }] : [];
    });
    const worst = missing.toSorted((a, b) => b.more - a.more)[0];
    const sent = uncountedSent(context, states);
    if (worst === undefined || sent.some(({ more, stream }) => isMany(more, stream))) return null;
    const { state, stream, counted, more } = worst;
    const isLater = sent.length > 0 && sent.every(({ more: uncounted }) => uncounted <= 0);
    return {
      confidence: isLater ? "likely" : "possible",
      provenance: "deduced",
      phase: "ESP",
      headline: say`${more} of ${stream.packets} ESP packets (SPI ${hex32(state.spi)}) reach ${host.records.name} and not its IPsec`,
      summary: say`The capture shows ${stream.packets} ESP packets of SPI ${hex32(state.spi)} at ${host.records.name}; its state has counted ${state.packets ?? 0}, and refused ${(state.replay ?? 0) + (state.failed ?? 0)}. ${more} of them were dropped before IPsec: a firewall rule, the reverse path filter.${isLater ? "" : " Or the dump is older than the packets."}`,
      evidence: lastPackets(stream),
      lines: [
        dumpLine(
          state.source,
          say`state ${hex32(state.spi)} has counted ${counted} packets, the capture shows ${stream.packets}`,
        ),
      ],
    };
  },
});

function countOf({ packets, replay, failed }: XfrmState): number | null {
  return packets === null || replay === null || failed === null ? null : packets + replay + failed;
}

function isMany(more: number, { packets }: EspStream): boolean {
  return more > LEAST_DROPPED.packets && more > packets * LEAST_DROPPED.share;
}

/**
 * Packets of each SPI that sends which the capture shows and the state has not counted. Nothing is lost between that state and
 * the capture, so many of them show that the dump is older than the packets.
 */
function uncountedSent(
  context: HostContext,
  states: readonly XfrmState[],
): { readonly more: number; readonly stream: EspStream }[] {
  const streams = context.tunnel?.tunnel.streams ?? [];
  return states.flatMap((state) => {
    const stream = streams.find(
      ({ spi, source }) => spi === state.spi && context.host.records.addresses.has(source),
    );
    return stream === undefined || state.packets === null || isInbound(context, state)
      ? []
      : [{ more: stream.packets - state.packets, stream }];
  });
}

function lastPackets({ firstFrame, firstTime, lastFrame, lastTime }: EspStream) {
  return [
    { frame: firstFrame, time: firstTime, nanos: 0, text: "the first packet of that SPI" },
    { frame: lastFrame, time: lastTime, nanos: 0, text: "the last one" },
  ];
}

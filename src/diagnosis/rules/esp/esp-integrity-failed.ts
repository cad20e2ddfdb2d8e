import { hex32 } from "../../../bytes/hex.js";
import type { EspStream } from "../../../esp/stream.js";
import type { XfrmState } from "../../../evidence/record.js";
import type { OpenedStream } from "../../../session/model/opened.js";
import type { HostContext, TunnelContext } from "../../context.js";
import type { Evidence, Verdict } from "../../finding.js";
import { isInbound, statesOf } from "../../facts/host/kernel.js";
import { dumpLine } from "../../facts/host/lines.js";
import { hostsOf } from "../../facts/host/events.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** From this share of wrong packets on nothing useful comes through, and damage on the way is no longer the best explanation. */
const MOST_WRONG_SHARE = 0.5;

/** ICVs that are wrong under keys which open other packets of the SA, or that the receiver's kernel has counted as wrong. */
export const espIntegrityFailed = defineRule({
  code: "esp-integrity-failed",
  severity: "critical",
  title: "ESP packets fail their integrity check",
  explanation:
    "The ICV at the end of ESP packets does not fit their content, so the receiver drops them: they were damaged on the way, or the two ends compute the ICV in different ways.",
  signature:
    "With keys (`--keys`): packets of a stream whose ICV is wrong under the key that opens others of it, or an ICV of another length than the state says. With `ip -s xfrm state` of the receiver (`--with`): its counter `failed` of an inbound SPI of the capture is not 0. Critical from half of the packets on.",
  remedies: [
    "If only some fail: look for what changes packets on the way: a device that rewrites them, a faulty interface or its offload (ethtool -K DEV gro off, tso off, esp-hw-offload off), a link with bit errors.",
    "If all fail: compare the algorithms of both states. HMAC-SHA2-256 with 96 bits (Linux before 2.6.33, old Android and Cisco) does not fit 128 bits: sha256_96=yes at the modern end, or another algorithm.",
    "nstat -az | grep XfrmInStateProtoError, twice: does it grow?",
  ],
  references: ["RFC 4303 section 3.4.4", "RFC 4868 section 2.3"],
  needs: ["keys", "host"],
  detect: (context) => otherIcvLength(context) ?? wrongUnderKeys(context) ?? countedByHost(context),
});

/** The streams of this tunnel that keys opened. */
function openedStreams({ capture, tunnel }: TunnelContext): { opened: OpenedStream; stream: EspStream }[] {
  return tunnel.streams.flatMap((stream) => {
    const opened = capture.opened?.streamOf(stream.spi, stream.source, stream.destination) ?? null;
    return opened === null ? [] : [{ opened, stream }];
  });
}

function otherIcvLength(context: TunnelContext): Verdict | null {
  const found = openedStreams(context).find(({ opened }) => opened.statedIcv !== null);
  if (found?.opened.statedIcv == null) return null;
  const { opened, stream } = found;
  const { stated, found: actual } = found.opened.statedIcv;
  return {
    confidence: "likely",
    provenance: "observed",
    phase: "ESP",
    headline: say`${stream.source} sends ICVs of ${actual * 8} bits, the state says ${stated * 8} (SPI ${hex32(stream.spi)})`,
    summary: joined(
      say`The packets of SPI ${hex32(stream.spi)} from ${stream.source} carry an HMAC-SHA2-256 of ${actual * 8} bits; the source of the keys (${opened.by}) says ${stated * 8} bits. `,
      "A receiver with that state cuts the packet at the wrong place and drops every one of them.",
    ),
    evidence: [
      { frame: stream.firstFrame, time: stream.firstTime, nanos: 0, text: say`ICV of ${actual * 8} bits` },
    ],
    rivals: [],
  };
}

function wrongUnderKeys(context: TunnelContext): Verdict | null {
  const [worst] = openedStreams(context)
    .filter(({ opened }) => opened.wrong > 0)
    .toSorted((a, b) => b.opened.wrong - a.opened.wrong);
  if (worst === undefined) return null;
  const { opened, stream } = worst;
  const { wrong, wrongIcv, by } = opened;
  const tried = wrong + opened.opened;
  const evidence: Evidence[] = wrongIcv
    .slice(0, 4)
    .map(({ frame, time }) => ({ frame, time, nanos: 0, text: "ESP, wrong ICV" }));
  return {
    ...severityOf(wrong, tried),
    confidence: "certain",
    provenance: "observed",
    phase: "ESP",
    headline: say`${wrong} of ${tried} ESP packets tried have a wrong ICV (${stream.source} to ${stream.destination}, SPI ${hex32(stream.spi)})`,
    summary: joined(
      say`The key of ${by} opens ${opened.opened} packets of SPI ${hex32(stream.spi)}; of ${tried} that were tried ${wrong} have another ICV. `,
      "They were changed after the ICV was computed; a receiver drops them and counts XfrmInStateProtoError. If the capture was taken at the sender, that sender's interface or the capture itself changed them.",
    ),
    evidence,
    rivals: [],
  };
}

function severityOf(wrong: number, all: number): Pick<Verdict, "severity"> {
  return wrong / all >= MOST_WRONG_SHARE ? {} : { severity: "warning" };
}

interface Counted {
  readonly host: HostContext;
  readonly state: XfrmState;
  readonly stream: EspStream;
  readonly failed: number;
}

function countedByHost(context: TunnelContext): Verdict | null {
  const [worst] = hostsOf(context)
    .flatMap((host) => failedStates({ host, tunnel: context, capture: context.capture }))
    .toSorted((a, b) => b.failed - a.failed);
  if (worst === undefined) return null;
  const { host, state, stream, failed } = worst;
  const { name } = host.host.records;
  const all = failed + (state.packets ?? 0);
  return {
    ...severityOf(failed, all),
    confidence: "certain",
    provenance: "observed",
    phase: "ESP",
    headline: say`${name} dropped ${failed} of ${all} ESP packets for a wrong ICV (SPI ${hex32(state.spi)})`,
    summary: joined(
      say`The state of SPI ${hex32(state.spi)} at ${name} has counted ${failed} packets whose ICV was wrong, and ${state.packets ?? 0} that were right, since it was made. `,
      all === failed
        ? "None was right: the two ends compute the ICV in different ways, or have different keys. "
        : "So the keys are right, and packets are damaged on the way or by an interface. ",
      "With `ip xfrm state` as `--keys` ikescope tells which of the packets here they are.",
    ),
    evidence: [
      { frame: stream.firstFrame, time: stream.firstTime, nanos: 0, text: "the first packet of that SPI" },
    ],
    lines: [dumpLine(state.source, say`state ${hex32(state.spi)}: failed ${failed}`)],
    rivals: [],
  };
}

/** States that receive, of streams in the capture, whose kernel found wrong ICVs. */
function failedStates(host: HostContext): Counted[] {
  return (statesOf(host) ?? []).flatMap((state) => {
    const stream = host.tunnel?.tunnel.streams.find(
      ({ spi, destination }) => spi === state.spi && destination === state.dst,
    );
    const failed = state.failed ?? 0;
    return stream === undefined || failed === 0 || !isInbound(host, state)
      ? []
      : [{ host, state, stream, failed }];
  });
}

import { distinctPackets } from "../../../session/esp/esp-sas.js";
import { hex32 } from "../../../bytes/hex.js";
import type { XfrmState } from "../../../evidence/record.js";
import type { HostContext } from "../../context.js";
import { hasCounted, isInbound, newestStates, statesOf } from "../../facts/host/kernel.js";
import { dumpLine, linesOf } from "../../facts/host/lines.js";
import { eventsInCapture, isOfPair } from "../../facts/host/events.js";
import type { Verdict } from "../../finding.js";
import { defineHostRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** Packets of an SPI that the kernel does not know; fewer may have come before the dump. */
const LEAST_PACKETS = 3;

/** A policy asks for a state that the kernel does not have, or packets come for one. */
export const xfrmNoState = defineHostRule({
  code: "xfrm-no-state",
  severity: "critical",
  title: "The kernel lacks a state that its traffic needs",
  explanation:
    "The Child SA was made, and one of its two states is no longer in the kernel: one direction is dropped.",
  signature:
    "Packets come for an SPI that the dump of states lacks, no later SPI took its place or a reqid has a state that sends and none that receives, the dump has the newest SPI that sends, and XfrmInNoStates is not zero. Or a policy's template names a reqid of which there is no state that sends, though one that receives, and packets ask for it: a state without keys, XfrmOutNoStates, or 'unable to acquire' in the log.",
  remedies: [
    "Who removed it? ip xfrm monitor while it happens; scripts that flush (ip xfrm state flush), a second IPsec daemon.",
    "Set the Child SA up again: swanctl --terminate --child NAME, then --initiate; ipsec auto --down and --up.",
  ],
  references: ["RFC 4301 section 5.1"],
  needs: ["host"],
  detect: (context) => inbound(context) ?? outbound(context),
});

function inbound(context: HostContext): Verdict | null {
  const { tunnel, host } = context;
  const { records } = host;
  const states = newestStates(records);
  if (tunnel === null || states === null || !hasCounted(records, "XfrmInNoStates")) return null;
  const known = new Set(states.map(({ spi }) => spi));
  const [newestSent] = tunnel.tunnel.streams
    .filter(({ source }) => records.addresses.has(source))
    .toSorted((a, b) => b.firstTime - a.firstTime);
  // A dump from before the Child SA, or from after its end, lacks the state that sends too.
  if (newestSent === undefined || !known.has(newestSent.spi)) return null;
  const toHost = tunnel.tunnel.streams.filter(({ destination }) => records.addresses.has(destination));
  const unknown = toHost.filter(
    (stream) => distinctPackets(stream) >= LEAST_PACKETS && !known.has(stream.spi),
  );
  const half = halfOf(context);
  const lost =
    half === null
      ? unknown.find(({ firstTime, spi }) => !toHost.some((o) => o.spi !== spi && o.firstTime > firstTime))
      : unknown.toSorted((a, b) => b.lastTime - a.lastTime)[0];
  if (lost === undefined) return null;
  return {
    confidence: "likely",
    provenance: "deduced",
    phase: "ESP",
    headline: say`${records.name} has no state for SPI ${hex32(lost.spi)}, in which ${distinctPackets(lost)} packets come`,
    summary: say`${distinctPackets(lost)} packets come to ${records.name} in SPI ${hex32(lost.spi)}, and its kernel has no such state (XfrmInNoStates counts them). It drops all of them.`,
    evidence: [
      { frame: lost.firstFrame, time: lost.firstTime, nanos: 0, text: "the first packet of that SPI" },
      { frame: lost.lastFrame, time: lost.lastTime, nanos: 0, text: "the last one" },
    ],
    lines: [
      ...states
        .slice(0, 1)
        .map(({ source }) =>
          dumpLine(source, say`the states begin here; ${hex32(lost.spi)} is not among them`),
        ),
      ...(half === null
        ? []
        : [
            dumpLine(
              half.source,
              say`state ${hex32(half.spi)}, reqid ${half.reqid}: sends, and none receives`,
            ),
          ]),
    ],
  };
}

/**
 * A state that sends in a reqid that has fewer states to receive with. A rekey leaves no such thing: both ends keep the old inbound
 * state at least as long as the outbound one.
 */
function halfOf(context: HostContext): XfrmState | null {
  const states = (statesOf(context) ?? []).filter(({ larval, reqid }) => !larval && reqid !== 0);
  const balance = new Map<number, number>();
  for (const state of states) {
    balance.set(state.reqid, (balance.get(state.reqid) ?? 0) + (isInbound(context, state) ? 1 : -1));
  }
  return states.find((state) => !isInbound(context, state) && (balance.get(state.reqid) ?? 0) < 0) ?? null;
}

function outbound(context: HostContext): Verdict | null {
  const { records } = context.host;
  const states = statesOf(context);
  if (states === null) return null;
  const asked = eventsInCapture(context, "acquire-refused");
  for (const { direction, template, source, src, dst } of records.policies.at(-1)?.entries ?? []) {
    if (direction !== "out" || template === null || template.optional || template.reqid === 0) continue;
    if (!isOfPair(context, template.src, template.dst)) continue;
    const own = states.filter(({ reqid }) => reqid === template.reqid);
    const larval = states.find((state) => state.larval && state.dst === template.dst);
    // The kernel takes no other state than the one that is named; without a packet that waits, the dumps may differ in time.
    const isNamed = template.spi !== 0 && (larval !== undefined || asked.length > 0);
    const sends = own.some(
      (state) => !state.larval && !isInbound(context, state) && (!isNamed || state.spi === template.spi),
    );
    const receives = own.some((state) => !state.larval && isInbound(context, state));
    const isWanted = larval !== undefined || hasCounted(records, "XfrmOutNoStates") || asked.length > 0;
    if (sends || !receives || !isWanted) continue;
    return {
      confidence: "certain",
      provenance: "observed",
      phase: "ESP",
      headline: say`${records.name} has no state to send ${src} to ${dst} with (reqid ${template.reqid})`,
      summary: say`The policy of ${records.name} for ${src} to ${dst} names reqid ${template.reqid}${template.spi === 0 ? "" : say` and SPI ${hex32(template.spi)}`}, and there is no such state, while the one that receives is there. Packets ask for it and are dropped.`,
      evidence: [],
      lines: [
        dumpLine(source, say`policy out ${src} to ${dst}: reqid ${template.reqid}`),
        ...(larval === undefined
          ? []
          : [dumpLine(larval.source, "a state without keys, which waits for the daemon")]),
        ...linesOf(context, asked, 2),
      ],
    };
  }
  return null;
}

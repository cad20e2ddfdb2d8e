import { hex32 } from "../../../bytes/hex.js";
import type { XfrmPolicy, XfrmState } from "../../../evidence/record.js";
import type { HostContext } from "../../context.js";
import { childName, counterOf, hasCounted, isInbound, statesOf } from "../../facts/host/kernel.js";
import { dumpLine } from "../../facts/host/lines.js";
import { isOfPair } from "../../facts/host/events.js";
import type { Verdict } from "../../finding.js";
import { defineHostRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** So many packets more in one direction of a pair than in the other are no accident of the moment. */
const LEAST_MORE = 3;

/** Packets come in by one Child SA that the policy expects by another: the kernel drops them after it decrypted them. */
export const xfrmTemplateMismatch = defineHostRule({
  code: "xfrm-template-mismatch",
  severity: "critical",
  title: "Packets run in the wrong one of two Child SAs, and are dropped after decryption",
  explanation:
    "Of two Child SAs between the same peers, traffic of one runs in the other. The receiver decrypts it, finds that its policy requires the other one (reqid), and drops it.",
  signature:
    "A policy sends into one reqid what the policy of the way back expects from another. Or XfrmInTmplMismatch grew (or is not zero) while, of two pairs of states, one has more out than in and another more in than out.",
  remedies: [
    "On the host that sends into the wrong one: ip xfrm policy; the policy of each direction must name the same reqid as its pair. Reload the connection (swanctl --terminate and --initiate, ipsec auto --replace), and remove policies set by hand.",
    "Give both networks one Child SA with two selectors (IKEv2), or make the selectors of the two disjoint.",
    "Libreswan: leftsubnets with rightsubnet makes a Child SA each; check that both ends list the same pairs.",
  ],
  references: ["RFC 4301 section 5.2"],
  needs: ["host"],
  detect: (context) => crossedPolicies(context) ?? crossedTraffic(context),
});

function crossedPolicies(context: HostContext): Verdict | null {
  const policies = (context.host.records.policies.at(-1)?.entries ?? []).filter(
    ({ template }) => template !== null && isOfPair(context, template.src, template.dst),
  );
  const states = statesOf(context);
  for (const out of policies.filter(({ direction }) => direction === "out")) {
    const back = policies.find(
      ({ direction, src, dst }) => direction === "in" && src === out.dst && dst === out.src,
    );
    if (back === undefined || !isCrossed(out, back, states)) continue;
    const [sent, wanted] = [out.template?.reqid ?? 0, back.template?.reqid ?? 0];
    return {
      confidence: "certain",
      provenance: "observed",
      phase: "ESP",
      headline: say`${context.host.records.name} sends ${out.src} to ${out.dst} into reqid ${sent}, and its pair is reqid ${wanted}`,
      summary: say`On ${context.host.records.name} the policy for ${out.src} to ${out.dst} sends into reqid ${sent}${nameOf(context, sent, states)}, while the way back belongs to reqid ${wanted}${nameOf(context, wanted, states)}. The peer decrypts these packets and drops them (XfrmInTmplMismatch there).`,
      evidence: [],
      lines: [
        dumpLine(out.source, say`policy out ${out.src} to ${out.dst}: reqid ${sent}`),
        dumpLine(back.source, say`policy in ${back.src} to ${back.dst}: reqid ${wanted}`),
      ],
    };
  }
  return null;
}

function isCrossed(out: XfrmPolicy, back: XfrmPolicy, states: readonly XfrmState[] | null): boolean {
  const [sent, wanted] = [out.template?.reqid ?? 0, back.template?.reqid ?? 0];
  if (sent === wanted || sent === 0 || wanted === 0) return false;
  return (
    states === null ||
    (states.some(({ reqid }) => reqid === sent) && states.some(({ reqid }) => reqid === wanted))
  );
}

function crossedTraffic(context: HostContext): Verdict | null {
  const { records } = context.host;
  const states = statesOf(context);
  const counter = counterOf(records, "XfrmInTmplMismatch");
  if (states === null || counter === null || !hasCounted(records, "XfrmInTmplMismatch")) return null;
  const pairs = [...new Set(states.map(({ reqid }) => reqid))].map((reqid) => {
    const own = states.filter((state) => state.reqid === reqid && !state.larval);
    const sum = (isIn: boolean): number =>
      own
        .filter((state) => isInbound(context, state) === isIn)
        .reduce((total, { packets }) => total + (packets ?? 0), 0);
    return { reqid, own, balance: sum(false) - sum(true) };
  });
  const lacking = pairs.find(({ balance }) => balance >= LEAST_MORE);
  const extra = pairs.find(({ balance }) => balance <= -LEAST_MORE);
  const inbound = extra?.own.find((state) => isInbound(context, state));
  if (lacking === undefined || extra === undefined || inbound === undefined) return null;
  const grown =
    counter.growth === null ? say`is ${counter.value} since boot` : say`grew by ${counter.growth}`;
  return {
    confidence: "likely",
    provenance: "deduced",
    phase: "ESP",
    headline: say`answers to reqid ${lacking.reqid} come to ${records.name} in reqid ${extra.reqid} and are dropped`,
    summary: say`XfrmInTmplMismatch of ${records.name} ${grown} (one packet can count twice). Pair reqid ${lacking.reqid}${nameOf(context, lacking.reqid, states)} has sent ${lacking.balance} packets more than came back; in pair reqid ${extra.reqid}${nameOf(context, extra.reqid, states)} (SPI ${hex32(inbound.spi)}) came ${-extra.balance} more than were sent. The peer answers in the wrong Child SA.`,
    evidence: [],
    lines: [
      dumpLine(counter.source, say`XfrmInTmplMismatch ${counter.value}`),
      dumpLine(
        inbound.source,
        say`state ${hex32(inbound.spi)}, reqid ${inbound.reqid}: ${inbound.packets ?? 0} packets`,
      ),
    ],
  };
}

function nameOf({ host }: HostContext, reqid: number, states: readonly XfrmState[] | null): string {
  const spi = states?.find((state) => state.reqid === reqid && !state.larval)?.spi;
  const name = spi === undefined ? null : childName(host, spi);
  return name === null ? "" : ` ("${name}")`;
}

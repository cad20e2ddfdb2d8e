import type { Address } from "../../../bytes/address.js";
import { hex32 } from "../../../bytes/hex.js";
import { humanDuration, type Micros } from "../../../bytes/time.js";
import { hostLine } from "../../../joint/joined.js";
import type { IkeSa } from "../../../session/model.js";
import { joined, type Message, say, verbatim } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import type { Verdict } from "../../finding.js";
import { packetsAfter } from "../esp/esp-directions.js";
import { type ForgottenEsp, forgottenEsp, type Restart, restartOver } from "../host/forgotten-sa.js";
import { unacknowledgedChecks } from "../silence/unacknowledged-checks.js";
import { repeatedLater, type Unanswered } from "../silence/unanswered.js";
import { severityOf } from "../silence/unanswered-verdict.js";
import { carriesTrafficAfter, healedAfter, MENDED } from "./healing.js";
import { loggedRestart } from "./restarts.js";

/** Steps after a restart, whatever told of it. */
export const SOONER: readonly string[] = [
  "Let the other side notice sooner: dead peer detection with a short delay, and start actions that set the tunnel up again.",
  "In a cluster: synchronise the state, or keep a peer on one node.",
];

const WHY_STARTED: readonly string[] = [
  "On that host: journalctl and the kernel's log of that time say why the daemon was started anew (a crash, out of memory, an update, a fail-over).",
  ...SOONER,
];

/** The log of the silent side says it: what was set up before its last start is not known to the process that runs since. */
export function restartByLog(context: TunnelContext): Verdict | null {
  const failed = [
    ...repeatedLater(context, () => true),
    ...context.setups.flatMap((setup) => unacknowledgedChecks(context, setup)?.found ?? []),
  ];
  const found = failed.findLast((one) => loggedRestart(context, one) !== null);
  const restart = found === undefined ? null : loggedRestart(context, found);
  const esp = context.tunnel.addresses.flatMap((address) => forgottenEsp(context, address) ?? [])[0] ?? null;
  if (found === undefined || restart === null) return esp === null ? null : restartByEsp(context, esp);
  const name = verbatim(restart.host.records.name);
  const { asker, setup, request } = found;
  return {
    ...(severityOf(context, found).mended ? MENDED : CRITICAL),
    ...toldByLog(restart),
    phase: "INFORMATIONAL",
    headline: say`the daemon of ${name} was restarted and does not know the IKE SA of ${asker.address} any more`,
    summary: joined(
      setup.sa.startSeen
        ? say`The log of ${name} has a start of its daemon after the IKE SA was set up. `
        : say`The log of ${name} has a start of its daemon, and no IKE SA that came up between that and the first message of this one. `,
      say`The process that runs since does not know the IKE SA, so it does not answer what ${asker.address} asks on it (${attemptsOf(found)}); most daemons write nothing about such messages. `,
      esp === null ? "" : espText(esp),
    ),
    evidence: evidenceOf(
      request,
      say`request of ${asker.address} on the IKE SA of the process before, unanswered`,
    ),
  };
}

/** ESP goes on to the process that is gone, and nobody has asked by IKE yet. */
function restartByEsp(context: TunnelContext, esp: ForgottenEsp): Verdict {
  const { host, start, stream } = esp;
  const name = verbatim(host.records.name);
  const isMended = healedAfter(context, start.at) || carriesTrafficAfter(context, stream.lastTime);
  return {
    ...(isMended ? MENDED : CRITICAL),
    ...toldByLog(esp),
    phase: "ESP",
    headline: say`the daemon of ${name} was restarted, and ${stream.source} still sends in the Child SA from before`,
    summary: joined(
      say`The log of ${name} has a start of its daemon after the Child SA was made. `,
      espText(esp),
    ),
    evidence: [
      {
        frame: stream.lastFrame,
        time: stream.lastTime,
        nanos: 0,
        text: say`last ESP packet of SPI ${hex32(stream.spi)}, which the new process does not have`,
      },
    ],
  };
}

/** A tunnel that does not come up again is down, whoever was restarted. */
const CRITICAL = { severity: "critical" } as const;

function toldByLog({
  host,
  start,
}: Restart): Pick<Verdict, "confidence" | "provenance" | "lines" | "rivals" | "remedies"> {
  return {
    confidence: "certain",
    provenance: "observed",
    lines: [hostLine(host, start.event)],
    rivals: [],
    remedies: WHY_STARTED,
  };
}

/** A start in the log of the side that has forgotten the IKE SA at that time leaves nothing open. */
export function confirmedByLog(
  context: TunnelContext,
  address: Address,
  sa: IkeSa,
  time: Micros,
): Partial<Verdict> {
  const restart = restartOver(context, address, sa, { from: time, to: time });
  return restart === null ? {} : toldByLog(restart);
}

function attemptsOf({ attempts, firstTry, lastTry }: Unanswered): Message {
  return say`${attempts} attempts in ${humanDuration(lastTry - firstTry)}`;
}

function espText({ host, start, stream }: ForgottenEsp): Message {
  const { source, spi } = stream;
  return say`ESP of ${source} in SPI ${hex32(spi)} (at least ${packetsAfter(stream, start.at)} packets since) has no answer either: ${verbatim(host.records.name)} sends none in the SPIs from before its start. `;
}

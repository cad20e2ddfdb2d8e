import { notifyName } from "../../../ike/registries/notify.js";
import { formatSuite } from "../../../ike/suite-text.js";
import type { IcmpAnswer, Tunnel } from "../../../session/model.js";
import { errorNotify } from "../../../session/payloads.js";
import { listed, type Message, say } from "../../../texts/message.js";
import type { Setup } from "../../setup.js";
import { quotesInitiatorSpi } from "../../../session/quoted-ike.js";

/** A setup that a scanner made, with the ICMP errors that it met. */
export interface Scan extends Setup {
  readonly icmp: readonly IcmpAnswer[];
}

/** The scans of a tunnel, and the tunnel without them: what they met says nothing of a tunnel that anybody wants. */
export function withoutScans(
  tunnel: Tunnel,
  scanned: readonly Setup[],
): { readonly tunnel: Tunnel; readonly scans: readonly Scan[] } {
  const made = new Set(scanned.map(({ sa }) => sa));
  const isAll = made.size === tunnel.ikeSas.length;
  const scans = scanned.map((setup) => ({
    ...setup,
    icmp: tunnel.icmp.filter((answer) => quotes(answer, setup, isAll)),
  }));
  const met = new Set(scans.flatMap(({ icmp }) => icmp));
  return {
    scans,
    tunnel: {
      ...tunnel,
      ikeSas: tunnel.ikeSas.filter((sa) => !made.has(sa)),
      icmp: tunnel.icmp.filter((answer) => !met.has(answer)),
    },
  };
}

/**
 * Whether an ICMP error is about a scan: it quotes what the scanner sent, or what it was answered after it closed its port (ike-scan
 * ends at the first answer, and OpenIKED answers each copy). Devices that quote no more than UDP tell the ports alone.
 */
function quotes({ error: { quoted } }: IcmpAnswer, { sa }: Setup, isAll: boolean): boolean {
  const { payload, source, destination } = quoted;
  const { address, port } = sa.initiator;
  if (source !== address && destination !== address) return false;
  if (payload.length < 8) {
    return isAll && port === (source === address ? quoted.sourcePort : quoted.destinationPort);
  }
  return quotesInitiatorSpi(payload, sa.initiatorSpi);
}

/** "a scan by 192.0.2.10, no tunnel: NO_PROPOSAL_CHOSEN is claimed, 2 openings". */
export function scanText(scans: readonly Scan[]): Message {
  const [first] = scans;
  const results = [...new Map(scans.map((scan) => [keyOf(scan), resultOf(scan)])).values()];
  const shown = results.slice(0, RESULTS);
  const count = scans.length > 1 ? [say`${scans.length} openings`] : [];
  return say`a scan by ${first?.sa.initiator.address ?? ""}, no tunnel: ${listed([...shown, ...count])}`;
}

/** Different results that one line names. */
const RESULTS = 3;

/** The answer to a scan, a clause. */
function resultOf({ sa, progress, icmp }: Scan): Message {
  const { suite, opening, later } = progress;
  if (suite !== null) return say`${formatSuite(suite)} is accepted`;
  const notify =
    errorNotify(opening[0]?.response ?? null) ??
    later.map(({ request }) => errorNotify(request)).find((one) => one !== null);
  if (notify != null) return say`${notifyName(sa.majorVersion, notify.notifyType)} is claimed`;
  if (opening[0]?.response != null) return "answered";
  return icmp.length > 0 ? "refused by an ICMP error" : "without an answer";
}

function keyOf(scan: Scan): string {
  return JSON.stringify(resultOf(scan));
}

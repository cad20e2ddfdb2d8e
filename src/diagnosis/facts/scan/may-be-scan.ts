import type { Setup } from "../../setup.js";
import type { Rival, Verdict } from "../../finding.js";
import { bareOpening, isInScannersOrder } from "./opening-marks.js";

/**
 * The verdict on setups that stopped at their first message, with the scan as a rival if none of them announces anything: a scanner
 * sends the same, and so does an old or simple client. Whether there is a fault at all is open if their offers are also written as
 * scanners write them, which of the daemons isakmpd alone does, and if it is one message of IKEv2: clients of IKEv2 without
 * NAT detection are rare, and what is refused tries again.
 */
export function withScanInMind(verdict: Verdict, setups: readonly Setup[]): Verdict {
  const offers = setups.map(bareOpening);
  if (offers.length === 0 || offers.includes(null)) return verdict;
  const isWrittenSo = offers.every((offer) => offer !== null && isInScannersOrder(offer));
  const [first, ...more] = setups;
  const isOnce = first !== undefined && more.length === 0 && isOneOfV2(first);
  return {
    ...verdict,
    ...(isWrittenSo || isOnce ? { confidence: "possible", doubt: "fault" } : {}),
    rivals:
      isWrittenSo || isOnce
        ? [isWrittenSo ? WRITTEN_SO : BARE, ...(verdict.rivals ?? [])]
        : [...(verdict.rivals ?? []), BARE],
  };
}

function isOneOfV2({ sa, progress }: Setup): boolean {
  return sa.majorVersion === 2 && progress.opening[0]?.request?.tries === 1;
}

const BARE: Rival = {
  code: "ike-scanned",
  separatedBy:
    "whether a VPN client runs at the initiator's address: the first message has no vendor ID and no notify, as old clients send it, and scanners",
};

const WRITTEN_SO: Rival = {
  code: "ike-scanned",
  separatedBy:
    "whether a VPN client runs at the initiator's address: the first message has no vendor ID and no notify, and its offer is written in the order of ike-scan and nmap, which of the known daemons isakmpd alone has",
};

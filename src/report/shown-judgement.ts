import type { Judgement } from "../diagnosis/judgement.js";
import { toldTunnels } from "../diagnosis/stray.js";
import { type Message, say } from "../texts/message.js";

/** The judgement as reports for people show it: without tunnels that are told by their number alone, and without what was found of them. */
export function shownJudgement(judgement: Judgement): Judgement {
  const tunnels = toldTunnels(judgement.tunnels);
  if (tunnels === judgement.tunnels) return judgement;
  const ids = new Set(tunnels.map(({ tunnel }) => tunnel.id));
  const findings = judgement.findings.filter(({ tunnel }) => tunnel === null || ids.has(tunnel));
  return { ...judgement, tunnels, findings };
}

/** How many peers `shown` leaves out of `judgement`; null where it has all of them. */
export function leftOutText({ tunnels }: Judgement, shown: Judgement): Message | null {
  const count = tunnels.length - shown.tunnels.length;
  return count === 0
    ? null
    : say`${count.toLocaleString("en")} more peers sent no more than one IKE message each, a scanner's alone, or one packet on UDP 4500: too little to judge (a scan, a stray packet, or the first attempt of a tunnel). --all lists them.`;
}

import { areRolesProven } from "../session/model/queries.js";
import type { Implementation } from "../session/implementation.js";
import { frameName } from "../bytes/frame.js";
import type { PeerCommands } from "../diagnosis/commands/peer-commands.js";
import type { Setup } from "../diagnosis/context.js";
import type { Finding, Rival } from "../diagnosis/finding.js";
import type { JudgedTunnel, Judgement } from "../diagnosis/judgement.js";
import type { Severity } from "../diagnosis/severity.js";
import type { KeptTunnel } from "../session/model.js";
import { isOnlyTried } from "../session/tried-address.js";
import { titleOf } from "./catalogue.js";
import { listed, type Message, say, verbatim } from "../texts/message.js";

/** Phrases that every format for people has in common. Text from packets in them is not escaped. */

/** "near the initiator"; by the address where nothing proves who that is. */
export function vantageText({ tunnel, vantage }: Pick<JudgedTunnel, "tunnel" | "vantage">): Message {
  const isProven = areRolesProven(tunnel);
  const [first, second] = tunnel.addresses;
  switch (vantage.place) {
    case "near-initiator":
      return isProven ? "near the initiator" : say`near ${first}`;
    case "near-responder":
      return isProven ? "near the responder" : say`near ${second}`;
    case "both-ends":
      return "at both ends";
    case "between":
      return "between the peers";
    case "unknown":
      return "at an unknown place";
  }
}

/** Whose commands follow: "At 192.0.2.1, possibly FortiGate:". */
export function commandsHead(peer: Message, product: string, known: PeerCommands["known"]): Message {
  return known.confidence === "possible"
    ? say`At ${peer}, possibly ${verbatim(product)}:`
    : say`At ${peer}, ${verbatim(product)}:`;
}

/** How an implementation is known, as its name is followed. */
const KNOWN_BY: Readonly<Record<Implementation["by"], string>> = {
  "vendor-id": "by its vendor ID",
  "back-off": "by its retransmission schedule",
  "notify-order": "by the order of its notifies",
  told: "by --product",
};

/** "192.0.2.10: strongSwan (likely, by its vendor ID)", for each end of which it is known; once where both are alike. */
export function implementationTexts({ tunnel, implementations }: JudgedTunnel): Message[] {
  const [one, other] = implementations;
  if (
    one !== null &&
    one.name === other?.name &&
    one.confidence === other.confidence &&
    one.by === other.by
  ) {
    return [say`both ends: ${one.name} (${one.confidence}, ${KNOWN_BY[one.by]})`];
  }
  return implementations.flatMap((implementation, index) =>
    implementation === null
      ? []
      : say`${tunnel.addresses[index] ?? ""}: ${implementation.name} (${implementation.confidence}, ${KNOWN_BY[implementation.by]})`,
  );
}

/** "one of 2 clients behind 192.0.2.10 at the same time ..."; nothing where its tunnel is all that the two addresses do. */
export function clientsText({ tunnel: { client } }: JudgedTunnel): Message[] {
  return client === null
    ? []
    : [
        say`one of ${client.atOnce} clients behind ${client.address} at the same time, as their ports show: the one on UDP ${client.port}`,
      ];
}

/** "192.0.2.10 moved to 192.0.2.11", one for each further address of the peers. */
export function aliasTexts({ tunnel, setups }: Pick<JudgedTunnel, "tunnel" | "setups">): Message[] {
  const ikeSas = tunnel.aliases.length === 0 ? [] : setups.map(({ sa }) => sa);
  return tunnel.aliases.map(({ address, standsFor, kind }) => {
    const how =
      kind === "nat-view"
        ? "is also seen as"
        : isOnlyTried(tunnel, ikeSas, address)
          ? "was also tried at"
          : "moved to";
    return say`${standsFor} ${how} ${address}`;
  });
}

/** Which setups are compared, and a line for each thing that differs. Null where there is nothing to compare. */
export function comparisonTexts(
  { comparison }: JudgedTunnel,
  severalFiles: boolean,
): { readonly head: Message; readonly changes: readonly Message[] } | null {
  if (comparison === null) return null;
  const { workedFrame, failedFrame, changes } = comparison;
  const which = say`the setup at frame ${frameName(failedFrame, severalFiles)} failed, the one at frame ${frameName(workedFrame, severalFiles)} worked`;
  return {
    head:
      changes.length === 0
        ? say`${which}; nothing that is in clear differs between them`
        : say`${which}; what differs:`,
    changes: changes.map(({ what, worked, failed }) => say`${what}: ${failed}; when it worked: ${worked}`),
  };
}

/** "failing in IKE_AUTH". */
export function statusText({ status, failingPhase }: JudgedTunnel): Message {
  const word = status.replaceAll("-", " ");
  return failingPhase === null ? word : say`${word} in ${failingPhase}`;
}

/**
 * "or CODE (its title); to decide: ..."; of what does not compete with the finding but says which case of it it is, "which case: CODE
 * ...". `shown` is the code as the format writes it.
 */
export function rivalText(
  { code, isCase }: Pick<Rival, "code" | "isCase">,
  separatedBy: string,
  shown: string = code,
): Message {
  return isCase === true
    ? say`which case: ${shown} (${titleOf(code)}); to decide: ${separatedBy}`
    : say`or ${shown} (${titleOf(code)}); to decide: ${separatedBy}`;
}

/** "up", "authentication refused"; "not up: eap-failed" of an IKE SA that only its messages would call up. */
export function saStateText({ told: { states } }: JudgedTunnel, { sa, progress }: Setup): Message {
  const told = states.get(sa.id);
  switch (told?.kind) {
    case "not-up":
      return say`not up: ${told.code}`;
    case "perhaps-not-up":
      return say`perhaps not up: ${told.code}`;
    case "was-up":
      return say`was up: ${told.code}`;
    case "redirected":
      return "redirected to another gateway";
    case "deleted":
      return "was up, then deleted";
    case "replaced":
      return "was up, then replaced";
    case "child-refused":
      return "child refused";
    case "authentication-refused":
      return "authentication refused";
    case "up-or-refused":
      return "up, or refused by the initiator";
    case "unknown":
      return "unknown";
    case undefined:
      return progress.state.replaceAll("-", " ");
  }
}

/** "FAILING (likely)": the status, and how sure the finding is that the first line names. */
export function verdictWord({ status, confidence }: Pick<Judgement, "status" | "confidence">): Message {
  const word = status.replaceAll("-", " ").toUpperCase();
  return confidence === null ? word : say`${word} (${confidence})`;
}

export interface FindingCount {
  readonly code: Finding["code"];
  readonly severity: Severity;
  /** Tunnels that have it; 1 for a finding about the capture. */
  readonly count: number;
}

/** How many tunnels have which finding above info: the severest first, then the commonest. */
export function findingCounts({ findings }: Judgement): FindingCount[] {
  const counts = new Map<string, FindingCount>();
  for (const { code, severity } of findings) {
    if (severity === "info") continue;
    const key = `${severity} ${code}`;
    counts.set(key, { code, severity, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const rank = ({ severity }: FindingCount): number => (severity === "critical" ? 0 : 1);
  return [...counts.values()].toSorted((a, b) => rank(a) - rank(b) || b.count - a.count);
}

/** The sentence on packets that were counted and not judged, because a limit that bounds the memory was reached; null if there are none. */
export function notJudgedText({
  tunnelsNotKept,
  espUntracked,
  espStreamsEvicted,
}: Judgement["observations"]): Message | null {
  const parts = [
    tunnelsNotKept > 0 ? say`${tunnelsNotKept} messages of further peers` : null,
    espUntracked > 0
      ? say`${espUntracked} ESP and AH packets of ${espStreamsEvicted} streams, the least recently used`
      : null,
  ].filter((part) => part !== null);
  return parts.length === 0
    ? null
    : say`Not judged, for there were more than ikescope keeps: ${listed(parts)}.`;
}

/** The sentence on the streams of a tunnel that had too many; null if all are kept. */
export function streamsNotKeptText({ streams, streamsNotKept }: KeptTunnel): Message | null {
  return streamsNotKept === 0
    ? null
    : say`${streamsNotKept} more streams between these peers were counted and not kept, for there are more than ikescope keeps of one tunnel: these ${streams.length} are those with the most packets.`;
}

/** "3 more IKE SAs between these peers". */
export function moreSasText(count: number): Message {
  return say`${count} more IKE SA${count === 1 ? "" : "s"} between these peers`;
}

/** Whether it matters which SPI followed which. */
export function showsTurns({ findings }: JudgedTunnel): boolean {
  return findings.some(({ code }) => code === "esp-asymmetric-spi");
}

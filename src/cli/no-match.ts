import { say, listed } from "../texts/message.js";
import { endsOf } from "../session/clients/ends.js";
import type { Address } from "../bytes/address.js";
import type { Analysis, Judgement } from "../index.js";
import { UsageError, literal } from "./exit.js";
import { emptySpan } from "./time-span.js";

/** Tunnels that are named in one line. */
const MOST_NAMED = 8;

/** Throws a UsageError that says what there is, where the options chose nothing of what was read. */
export function checkMatches(
  { judgement, unmatched }: Pick<Analysis, "judgement" | "unmatched">,
  peer: Address | null,
): void {
  const empty = emptySpan(judgement.files);
  if (empty !== null) throw empty;
  if (unmatched !== null) throw noTunnelOf(peer ?? "", unmatched);
}

/** There is no tunnel of that number among those that were judged. */
export function noTunnel(wanted: number, { tunnels, notJudged }: Judgement): UsageError {
  const named = tunnels
    .slice(0, MOST_NAMED)
    .map(({ tunnel }) => `${tunnel.id} (${endsOf(tunnel).join(" <-> ")})`);
  const more = tunnels.length - named.length;
  const rest = more > 0 ? say` and ${more} more` : "";
  const there =
    tunnels.length === 0
      ? "there is none at all"
      : say`there ${tunnels.length === 1 ? "is" : "are"} ${listed(named)}${rest}`;
  const others =
    notJudged === 0 ? "" : say`, and ${notJudged} that ${notJudged === 1 ? "was" : "were"} not judged`;
  return new UsageError(say`--tunnel ${wanted}: there is no such tunnel; ${there}${others}`);
}

function noTunnelOf(peer: Address, tunnels: readonly (readonly [Address, Address])[]): UsageError {
  const about = say`--peer ${literal(peer)}: no tunnel has this address at one end`;
  if (tunnels.length === 0) {
    return new UsageError(listed([about, "there is no tunnel in the capture at all"], "statements"));
  }
  const named = tunnels.slice(0, MOST_NAMED).map(([first, second]) => `${first} <-> ${second}`);
  const more = tunnels.length - named.length;
  const rest = more > 0 ? say` and ${more} more` : "";
  return new UsageError(say`${about}; there ${tunnels.length === 1 ? "is" : "are"} ${listed(named)}${rest}`);
}

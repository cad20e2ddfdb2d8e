import type { Judgement } from "../../../diagnosis/judgement.js";
import type { LiveSnapshot } from "../../../live/snapshot.js";
import { LIVE_STATES, type LiveTunnel } from "../../../live/tunnel.js";
import { presentedFinding, presentedJudgement } from "../../presented-judgement.js";
import type { Presentation } from "../../presentation.js";
import { renderMarkdown } from "../../markdown/markdown.js";
import { openedTunnel, pageOverview } from "../overview.js";
import { printableData } from "../printable-data.js";
import type {
  LiveChangeMessage,
  LiveRow,
  LiveSnapshotMessage,
  LiveState,
  LiveTunnelMessage,
} from "./data.js";
import { clockedTexts } from "../../clocked-texts.js";

/** Tunnels of a page, the worst ones: a gateway of thousands must not spend its time on them. */
const MOST_ROWS = 2000;

/** Everything that the page shows at a moment. */
export function liveSnapshot(snapshot: LiveSnapshot, presentation: Presentation): LiveSnapshotMessage {
  const shown = worstTunnels(snapshot.tunnels);
  return printableData({
    state: stateOf(snapshot, snapshot.tunnels.length - shown.length, presentation),
    rows: shown.map((tunnel) => rowOf(tunnel, presentation)),
  });
}

/** The differences of `now` to `before`. */
export function liveChange(before: LiveSnapshotMessage, now: LiveSnapshotMessage): LiveChangeMessage {
  const known = new Map(before.rows.map((row) => [row.id, JSON.stringify(row)]));
  const isSameOrder =
    before.rows.length === now.rows.length && now.rows.every(({ id }, at) => before.rows[at]?.id === id);
  return {
    state: now.state,
    rows: now.rows.filter((row) => known.get(row.id) !== JSON.stringify(row)),
    order: isSameOrder ? null : now.rows.map(({ id }) => id),
  };
}

/** A tunnel with its findings, its ladder and its messages; null where the judgement does not have it. */
export function liveTunnel(
  judged: Judgement,
  id: number,
  presentation: Presentation,
): LiveTunnelMessage | null {
  const judgement = presentedJudgement(judged, presentation);
  const found = judgement.tunnels.find(({ tunnel }) => tunnel.id === id);
  if (found === undefined) return null;
  const { zone, catalogue } = pageOverview(judged, presentation);
  // The frames of a running capture are in no file, and a display filter of Wireshark would find others.
  const context = { severalFiles: true, zone, catalogue };
  const markdown = renderMarkdown(judged, presentation);
  // Markdown has line ends, and is made printable by its renderer.
  return { ...printableData({ context, ...openedTunnel(found, false, presentation) }), markdown };
}

/** The first of each state, until there are enough. */
function worstTunnels(tunnels: readonly LiveTunnel[]): readonly LiveTunnel[] {
  const byState = LIVE_STATES.map((state) => tunnels.filter((tunnel) => tunnel.state === state));
  return byState.flat().slice(0, MOST_ROWS);
}

function stateOf(
  { time, startedAt, interface: name, capturing, tunnels, findings, counts }: LiveSnapshot,
  tunnelsLeftOut: number,
  { clock, texts }: Presentation,
): LiveState {
  return {
    time,
    startedAt,
    interface: name,
    isCapturing: capturing,
    counts: LIVE_STATES.map((state) => ({
      state,
      count: tunnels.filter((tunnel) => tunnel.state === state).length,
    })).filter(({ count }) => count > 0),
    packets: counts.packets,
    dropped: counts.dropped,
    findings: findings.map(({ finding }) => {
      const { title, summary } = presentedFinding(finding, clockedTexts(texts, clock));
      return `${title}: ${summary}`;
    }),
    tunnelsLeftOut,
  };
}

function rowOf(
  { id, peers, state, since, phase, findings, directions, lastTime }: LiveTunnel,
  { names }: Presentation,
): LiveRow {
  const [there, back] = directions;
  return {
    id,
    peers: names.in(peers.join(" - ")),
    state,
    since,
    phase,
    codes: findings.map(({ finding }) => finding.code),
    rates: [Math.round(there.rate), Math.round(back.rate)],
    lost: [there.lost, back.lost],
    heard: lastTime,
  };
}

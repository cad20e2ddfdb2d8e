import type {
  DaemonStats,
  HostEvent,
  StatusChild,
  StatusIkeSa,
  XfrmCounters,
  XfrmPolicy,
  XfrmState,
} from "../../../src/evidence/record.js";
import { readEvidence } from "../../../src/evidence/read.js";
import type { FileEvidence } from "../../../src/evidence/reader.js";

/** A time near those of the texts. */
export const NEAR = Date.UTC(2026, 10, 28, 20, 0, 0) * 1000;

interface ReadText {
  readonly evidence: FileEvidence;
  readonly events: readonly HostEvent[];
  readonly states: readonly XfrmState[];
  readonly policies: readonly XfrmPolicy[];
  readonly counters: readonly XfrmCounters[];
  readonly ikeSas: readonly StatusIkeSa[];
  readonly children: readonly StatusChild[];
  readonly stats: readonly DaemonStats[];
}

/** Everything that the reader finds in a text, handed to it in pieces of some bytes. */
export async function readText(text: string | Uint8Array, piece = 1000): Promise<ReadText> {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  let at = 0;
  const read = {
    events: [] as HostEvent[],
    states: [] as XfrmState[],
    policies: [] as XfrmPolicy[],
    counters: [] as XfrmCounters[],
    ikeSas: [] as StatusIkeSa[],
    children: [] as StatusChild[],
    stats: [] as DaemonStats[],
  };
  const evidence = await readEvidence(
    {
      read: () => {
        const chunk = bytes.slice(at, at + piece);
        at += piece;
        return Promise.resolve(chunk.length === 0 ? null : chunk);
      },
    },
    { file: "text", near: NEAR },
    {
      event: (event) => read.events.push(event),
      state: (state) => read.states.push(state),
      policy: (policy) => read.policies.push(policy),
      counters: (counters) => read.counters.push(counters),
      ikeSa: (sa) => read.ikeSas.push(sa),
      child: (child) => read.children.push(child),
      stats: (stats) => read.stats.push(stats),
    },
  );
  if (evidence === null) throw new Error("the text was taken for none");
  return { evidence, ...read };
}

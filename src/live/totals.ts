import type { CaptureRun } from "./capture-run.js";
import type { LiveCounts } from "./snapshot.js";
import type { Tally } from "./tally.js";

/** Counts over all runs of the capture: those that have ended, and the one that is under way. */
export class Totals {
  readonly #before = {
    packets: 0,
    ikeMessages: 0,
    espPackets: 0,
    espBytes: 0,
    espLost: 0,
    tunnelsEvicted: 0,
    streamsEvicted: 0,
    dropped: 0,
  };
  #runs = 0;

  /** Packets of the runs that have ended. */
  get packetsBefore(): number {
    return this.#before.packets;
  }

  get hasBegun(): boolean {
    return this.#runs > 0;
  }

  begin(): void {
    this.#runs++;
  }

  /** A run has ended; its streams were swept. */
  end(run: CaptureRun): void {
    const counted = countsOf(run);
    for (const what of Object.keys(counted) as (keyof typeof counted)[]) {
      this.#before[what] += counted[what] ?? 0;
    }
  }

  counts(run: CaptureRun, tally: Tally): LiveCounts {
    const [before, now] = [this.#before, countsOf(run)];
    return {
      packets: before.packets + now.packets,
      ikeMessages: before.ikeMessages + now.ikeMessages,
      retransmissions: tally.retransmissions,
      malformed: tally.malformed,
      espPackets: before.espPackets + now.espPackets,
      espBytes: before.espBytes + now.espBytes,
      espLost: before.espLost + now.espLost,
      notifies: tally.notifies(),
      dropped: now.dropped === null ? null : before.dropped + now.dropped,
      captureRestarts: Math.max(0, this.#runs - 1),
      tunnelsEvicted: before.tunnelsEvicted + now.tunnelsEvicted,
      streamsEvicted: before.streamsEvicted + now.streamsEvicted,
      judgements: tally.judgements,
    };
  }
}

function countsOf({ intake, streams, dropped }: CaptureRun) {
  const { packets, ikeMessages, espStreamsEvicted: streamsEvicted } = intake.observations();
  const { packets: espPackets, bytes: espBytes, lost: espLost } = streams.totals;
  const { evicted: tunnelsEvicted } = intake.session.tunnels;
  return { packets, ikeMessages, espPackets, espBytes, espLost, tunnelsEvicted, streamsEvicted, dropped };
}

import { frameRef, type FrameRef } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import { IKE_PORT, NAT_T_PORT } from "../../ike/ports.js";
import type { CaptureObservations } from "../model.js";
import type { FrameInput } from "./sightings.js";

/** Cut messages that are named; the others are counted. */
const CUT_LIMIT = 16;

/** Counts the capture as a whole, frame by frame. */
export class CaptureCounters {
  packets = 0;
  ikeMessages = 0;
  espPackets = 0;
  nativeEsp = 0;
  ahPackets = 0;
  keepalives = 0;
  otherPackets = 0;
  #port500 = 0;
  #port4500 = 0;
  readonly #cutIke: { frame: FrameRef; time: Micros }[] = [];
  #cutIkeCount = 0;
  #firstTime = Infinity;
  #lastTime = -Infinity;
  #firstFrame: FrameRef | null = null;
  #lastFrame: FrameRef | null = null;

  /** Counts a frame; returns its reference. */
  frame({ capture, frame, time }: FrameInput): FrameRef {
    this.packets++;
    const ref = frameRef(capture, frame);
    this.#firstFrame ??= ref;
    this.#lastFrame = ref;
    if (time < this.#firstTime) this.#firstTime = time;
    if (time > this.#lastTime) this.#lastTime = time;
    return ref;
  }

  /** Counts frames that hold ESP, `inUdp` of them on port 4500, up to `last`; they are in order of time. */
  skimmed(packets: number, inUdp: number, last: FrameRef, lastTime: Micros): void {
    this.packets += packets;
    this.espPackets += packets;
    this.nativeEsp += packets - inUdp;
    this.#port4500 += inUdp;
    this.#lastFrame = last;
    if (lastTime > this.#lastTime) this.#lastTime = lastTime;
  }

  /** Counts a UDP packet with something of IPsec in it, by its port. */
  port(source: number, destination: number): void {
    if (source === NAT_T_PORT || destination === NAT_T_PORT) this.#port4500++;
    else if (source === IKE_PORT || destination === IKE_PORT) this.#port500++;
  }

  /** Notes an IKE message that the snap length cut. */
  cutMessage(frame: FrameRef, time: Micros): void {
    this.#cutIkeCount++;
    if (this.#cutIke.length < CUT_LIMIT) this.#cutIke.push({ frame, time });
  }

  /** `notIp`, and ESP that was cut before its sequence number, are what the dissector counted. */
  observations(
    { notIp, cutEsp }: { readonly notIp: number; readonly cutEsp: number },
    unkept: { readonly tunnels: number; readonly espStreams: number; readonly espPackets: number },
  ): CaptureObservations {
    const any = this.packets > 0;
    return {
      packets: this.packets,
      firstTime: any ? this.#firstTime : null,
      lastTime: any ? this.#lastTime : null,
      firstFrame: this.#firstFrame,
      lastFrame: this.#lastFrame,
      ikeMessages: this.ikeMessages,
      espPackets: this.espPackets,
      nativeEsp: this.nativeEsp + cutEsp,
      ahPackets: this.ahPackets,
      keepalives: this.keepalives,
      otherPackets: this.otherPackets,
      notIp,
      port500: this.#port500,
      port4500: this.#port4500,
      cutIke: this.#cutIke,
      cutIkeCount: this.#cutIkeCount,
      tunnelsNotKept: unkept.tunnels,
      espStreamsEvicted: unkept.espStreams,
      espUntracked: unkept.espPackets,
    };
  }
}

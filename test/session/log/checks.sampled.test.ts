import { describe, expect, it, vi } from "vitest";
import { decodeIke } from "../../../src/ike/decode.js";
import { Intake } from "../../../src/session/intake/intake.js";
import type { FrameInput } from "../../../src/session/intake/sightings.js";
import { openTunnel } from "../../../src/session/log/open-tunnel.js";
import { sealedBytes } from "../../../src/session/log/record/sealed-message.js";
import type { Exchange, IkeSa, SessionModel } from "../../../src/session/model.js";
import { SessionBuilder } from "../../../src/session/session-builder.js";
import {
  createChild,
  createChildAnswer,
  informational,
  informationalAnswer,
  scenario,
  type Scenario,
  setsUp,
} from "../../support/scenario/index.js";
import { generated, type Labelled, recorded } from "../../score/labelled.js";
import { sampled } from "../../support/sample.js";

/** One of so many captures is read in both ways in `npm test`. */
const SHARE = 8;

/** The frames of a capture, once: a story that is told again has other Message IDs. */
async function framesOf(capture: Labelled): Promise<FrameInput[]> {
  const frames: FrameInput[] = [];
  const source = await capture.open();
  do {
    while (source.next()) {
      const { bytes, start, end } = source.record;
      frames.push({ ...source.record, bytes: bytes.slice(start, end), start: 0, end: end - start });
    }
  } while (await source.fill());
  return frames;
}

function modelOf(frames: readonly FrameInput[]): SessionModel {
  const intake = new Intake();
  for (const frame of frames) intake.frame(frame);
  return intake.finish();
}

/** The same with every message decoded: none takes the short way of liveness checks. */
function decodedModelOf(frames: readonly FrameInput[]): SessionModel {
  const check = vi.spyOn(SessionBuilder.prototype, "check").mockReturnValue(false);
  try {
    return modelOf(frames);
  } finally {
    check.mockRestore();
  }
}

/** All that is kept of the exchanges, in the order of their tunnels. */
function told({ tunnels }: SessionModel) {
  return tunnels.map(openTunnel).map(({ addresses, ikeSas }) => ({
    addresses,
    ikeSas: ikeSas.map(({ id, responderSpi, unkept, firstTime, lastTime, exchanges }) => ({
      id,
      responderSpi,
      unkept,
      firstTime,
      lastTime,
      exchanges: exchanges.map(exchangeTold),
    })),
  }));
}

function exchangeTold({
  exchangeType,
  messageId,
  step,
  startedBy,
  expectsResponse,
  request,
  response,
}: Exchange) {
  const sides = [request, response].map((side) =>
    side === null
      ? null
      : {
          header: side.message.header,
          payloads: side.message.payloads.map(({ kind, type, offset, length }) => [
            kind,
            type,
            offset,
            length,
          ]),
          problem: side.message.problem,
          sightings: side.sightings,
          tries: side.tries,
        },
  );
  return { exchangeType, messageId, step, startedBy, expectsResponse, sides };
}

/** The initiator asks, and is answered in 20 ms, each second. */
function checks(talk: Scenario, count: number, { from = 10, firstId = 2, inner = 0 } = {}): void {
  for (let index = 0; index < count; index++) {
    talk.at(from + index).initiator.sends(informational({ id: firstId + index, inner }));
    talk.at(from + index + 0.02).responder.sends(informationalAnswer({ id: firstId + index, inner }));
  }
}

function onlySa(talk: Scenario): IkeSa {
  const [sa] = talk.model().tunnels[0]?.ikeSas ?? [];
  if (sa === undefined) throw new RangeError("there is no IKE SA");
  return sa;
}

const idsOf = (sa: IkeSa): number[] => sa.exchanges.map(({ messageId }) => messageId);

describe("liveness checks, which are filed without being decoded", () => {
  it.each(sampled([...recorded(), ...generated()], SHARE))(
    "are the same as if they were, in $truth.file",
    async (capture) => {
      const frames = await framesOf(capture);
      expect(told(modelOf(frames))).toEqual(told(decodedModelOf(frames)));
    },
  );

  it("of both sides at a time are no less exchanges", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(5).initiator.sends(informational({ id: 2 }));
    talk.at(5.01).responder.sends(informational({ id: 0 }));
    talk.at(5.02).responder.sends(informationalAnswer({ id: 2 }));
    talk.at(5.03).initiator.sends(informationalAnswer({ id: 0 }));
    const answered = onlySa(talk).exchanges.map(({ response }) => response !== null);
    expect(answered).toEqual([true, true, true, true]);
  });

  it("that are sent again are one exchange of two tries", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(5, 7).initiator.sends(informational({ id: 2 }));
    talk.at(7.02).responder.sends(informationalAnswer({ id: 2 }));
    checks(talk, 40, { firstId: 3 });
    talk.at(60).responder.sends(informationalAnswer({ id: 2 }));
    const [request, response] = [onlySa(talk).exchanges[2]?.request, onlySa(talk).exchanges[2]?.response];
    expect([request?.tries, response?.tries]).toEqual([2, 2]);
  });

  it("that a mirror port doubles are one exchange, and a copy", () => {
    const talk = scenario();
    setsUp(talk);
    const check = informational({ id: 2 });
    const [frame] = talk.at(5).initiator.sends(check);
    if (frame === undefined) throw new RangeError("nothing was sent");
    talk.frames.push({ ...frame, time: frame.time + 0.000_01 });
    const [tunnel] = talk.model().tunnels;
    expect(tunnel?.ikeSas[0]?.exchanges[2]?.request?.tries).toBe(1);
  });

  it("are what decoding their bytes again would give", () => {
    const talk = scenario();
    setsUp(talk);
    checks(talk, 3);
    const shown = onlySa(talk).exchanges.flatMap(({ request, response }) => [request, response]);
    expect(shown.length).toBe(10);
    for (const transmission of shown.slice(4)) {
      const { header, payloads } = transmission?.message ?? {};
      const [sealed] = payloads ?? [];
      if (header === undefined || sealed?.kind !== "encrypted") throw new RangeError("no check");
      const { innerType, critical } = sealed;
      const version = (header.majorVersion << 4) | header.minorVersion;
      const like = { ...header, version, innerType, payloadFlags: critical ? 0x80 : 0 };
      const decoded = decodeIke(sealedBytes(like, header.length));
      expect(decoded).toEqual({ ok: true, message: transmission?.message });
    }
  });

  describe("of a long life", () => {
    it("that are alike are counted but for the first and the newest ones", () => {
      const talk = scenario();
      setsUp(talk);
      checks(talk, 500);
      const sa = onlySa(talk);
      const ids = idsOf(sa);
      // IKE_SA_INIT, IKE_AUTH, the first check, and eight that are like it.
      expect(ids.slice(0, 11)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(ids.at(-1)).toBe(501);
      expect(ids.length).toBeLessThanOrEqual(2 + 1 + 48);
      expect(sa.unkept).toBe((502 - ids.length) * 2);
      expect(sa.unkeptChecks).toBe(sa.unkept);
      // The first that is missing was asked at 19 s.
      expect((sa.unkeptSpan?.from.time ?? 0) - sa.firstTime).toBeCloseTo(19e6, -6);
    });

    it("are alike whichever side asks", () => {
      const talk = scenario();
      setsUp(talk);
      for (let id = 0; id < 200; id++) {
        const at = 10 + id;
        talk.at(at).initiator.sends(informational({ id: id + 2 }));
        talk.at(at + 0.02).responder.sends(informationalAnswer({ id: id + 2 }));
        talk.at(at + 0.5).responder.sends(informational({ id }));
        talk.at(at + 0.52).initiator.sends(informationalAnswer({ id }));
      }
      expect(onlySa(talk).exchanges.length).toBeLessThanOrEqual(2 + 1 + 48);
    });

    it("are kept where they are not alike: slow, longer, by another way, or unanswered", () => {
      const talk = scenario({ floats: true });
      setsUp(talk);
      checks(talk, 100);
      talk.at(120).initiator.sends(informational({ id: 102 }));
      talk.at(121).responder.sends(informationalAnswer({ id: 102 }));
      checks(talk, 1, { from: 130, firstId: 103, inner: 40 });
      talk.at(140).initiator.sends(informational({ id: 104 }), { port: 500 });
      talk.at(140.02).responder.sends(informationalAnswer({ id: 104 }), { port: 500 });
      talk.at(150).initiator.sends(informational({ id: 105 }));
      checks(talk, 200, { from: 160, firstId: 106 });
      expect(idsOf(onlySa(talk))).toEqual(expect.arrayContaining([102, 103, 104, 105]));
    });

    it("leave the newest of each side, which tells what its next request skips", () => {
      const talk = scenario();
      setsUp(talk);
      checks(talk, 100);
      for (let id = 0; id < 100; id++) {
        talk.at(200 + id).responder.sends(informational({ id }));
        talk.at(200 + id + 0.02).initiator.sends(informationalAnswer({ id }));
      }
      const ofInitiator = onlySa(talk).exchanges.filter(({ startedBy }) => startedBy === "initiator");
      expect(ofInitiator.at(-1)?.messageId).toBe(101);
    });

    it("make no room for themselves at the cost of rekeys", () => {
      const talk = scenario();
      setsUp(talk);
      checks(talk, 100);
      for (const id of [102, 103, 104]) {
        talk.at(id + 20).initiator.sends(createChild({ id }));
        talk.at(id + 20.02).responder.sends(createChildAnswer({ id }));
      }
      checks(talk, 400, { from: 200, firstId: 105 });
      expect(idsOf(onlySa(talk))).toEqual(expect.arrayContaining([102, 103, 104]));
    });

    it("do not hide that a node took over without the Message IDs of the other", () => {
      const talk = scenario();
      setsUp(talk);
      checks(talk, 300);
      talk.at(320, 322, 326, 334, 350).initiator.sends(informational({ id: 320 }));
      talk.endsAt(500);
      const codes = talk.judge().findings.map(({ code }) => code);
      expect(codes).toContain("message-id-desync");
    });
  });
});

import { describe, expect, it } from "vitest";
import type { Tunnel } from "../../../src/session/model.js";
import {
  createChild,
  createChildAnswer,
  fragmented,
  ikeSaInit,
  informational,
  informationalAnswer,
  informationalV1,
  mainModeUp,
  scenario,
  type Scenario,
  setsUp,
} from "../../support/scenario/index.js";
import { partialOutage } from "../../support/outage/partial-outage.js";

/** More exchanges than are open at a time, so that all before them are packed. */
const MANY = 150;

function talksLong(talk: Scenario, from: number): void {
  for (let id = 10; id < MANY + 10; id++) {
    talk.at(from + id).initiator.sends(createChild({ id }));
    talk.at(from + id + 0.02).responder.sends(createChildAnswer({ id }));
  }
}

function exchangesOf(tunnel: Tunnel | undefined) {
  return (tunnel?.ikeSas ?? []).flatMap(({ exchanges }) => exchanges);
}

const tries = (talk: Scenario): (readonly (number | undefined)[])[] =>
  exchangesOf(talk.model().tunnels[0]).map(({ request, response }) => [request?.tries, response?.tries]);

describe("exchanges that were packed", () => {
  it("are the same as those that were not: messages, sightings, fragments and order", () => {
    const tell = (talk: Scenario): Scenario => {
      setsUp(talk);
      for (const part of fragmented(36, false, 3, { id: 2 })) talk.at(1, 3).initiator.sends(part);
      talk.at(4).responder.sends(createChildAnswer({ id: 2 }));
      talk.at(5).responder.sends(createChild({ id: 0 }));
      return talk;
    };
    const short = exchangesOf(tell(scenario()).model().tunnels[0]);
    const long = tell(scenario());
    talksLong(long, 100);
    const packed = exchangesOf(long.model().tunnels[0]).slice(0, short.length);
    const shown = (exchanges: typeof packed) =>
      exchanges.map(({ exchangeType, messageId, startedBy, request, response }) => ({
        exchangeType,
        messageId,
        startedBy,
        sides: [request, response].map((side) => ({
          header: { ...side?.message.header },
          kinds: side?.message.payloads.map(({ kind, offset, length }) => [kind, offset, length]),
          sightings: side?.sightings,
          tries: side?.tries,
          fragments: side?.fragments,
        })),
      }));
    expect(shown(packed)).toEqual(shown(short));
  });

  it("are opened again for a retransmission that comes late", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(2, 500).initiator.sends(informational({ id: 2 }));
    talksLong(talk, 10);
    talk.at(501).responder.sends(informationalAnswer({ id: 2 }));
    const all = tries(talk);
    expect(all.length).toBe(MANY + 3);
    expect(all[2]).toEqual([2, 1]);
  });

  it("are known by their bytes in IKEv1", () => {
    const talk = scenario();
    mainModeUp(talk);
    const check = informationalV1({});
    talk.at(2, 500).initiator.sends(check);
    for (let count = 0; count < MANY; count++) talk.at(10 + count).initiator.sends(informationalV1({}));
    expect(tries(talk).length).toBe(MANY + 4);
    expect(tries(talk)[3]).toEqual([2, undefined]);
  });

  it("keep rounds of IKE_SA_INIT apart, each with its retransmissions", () => {
    const talk = scenario();
    const [first, second] = [ikeSaInit(), ikeSaInit({ cookie: true })];
    talk.at(0).initiator.sends(first);
    talk.at(1, 401).initiator.sends(second);
    talksLong(talk, 10);
    expect(tries(talk).slice(0, 2)).toEqual([
      [1, undefined],
      [2, undefined],
    ]);
  });

  it("count each try of the openings that peers send side by side and nobody answers", () => {
    const { tunnels } = partialOutage(MANY, { unanswered: MANY }).model();
    const requests = tunnels.flatMap(exchangesOf).map(({ request }) => request);
    expect(requests.length).toBe(MANY);
    for (const request of requests) {
      expect(request?.tries).toBe(5);
      const times = request?.sightings.map(({ time }) =>
        Math.round((time - (request.sightings[0]?.time ?? 0)) / 1e5),
      );
      expect(times).toEqual([0, 40, 112, 242, 475]);
    }
  });
});

import { describe, expect, it } from "vitest";
import { toReport } from "../../src/index.js";
import { judgePlaces, packetsOf, type Sniffer } from "../support/capture/places.js";
import { schemaFaults } from "../support/schema.js";

/** A sniffer that keeps so many bytes of each packet: copies of a message are no longer the same bytes. */
function cutTo(length: number): Sniffer {
  return (packets) => packets.map((packet) => ({ ...packet, bytes: packet.bytes.subarray(0, length) }));
}

async function reportOf(scenario: string, atResponder: Sniffer = (packets) => packets) {
  const [one = [], other = []] = await packetsOf([
    `${scenario}-initiator.pcap`,
    `${scenario}-responder.pcap`,
  ]);
  const { judgement } = await judgePlaces([one, atResponder(other)]);
  expect(schemaFaults(judgement)).toEqual([]);
  return toReport(judgement, "1").tunnels.flatMap(({ ikeSas, streams, childSas }) => ({
    tries: ikeSas.flatMap(({ exchanges }) =>
      exchanges.map(({ request, response }) => [request?.tries ?? 0, response?.tries ?? 0]),
    ),
    streams: streams.map(({ packets, bytes, duplicates }) => ({ packets, bytes, duplicates })),
    inChildren: childSas.flatMap(({ forward, backward }) =>
      [forward, backward].flatMap((espSa) => espSa?.streams ?? []),
    ),
  }));
}

describe("captures of both ends", () => {
  it.each([[500], [96]])(
    "count each packet once, where the other end keeps %i bytes of it",
    async (length) => {
      const [tunnel] = await reportOf("healthy-ikev2-rekey", cutTo(length));
      expect(Math.max(...(tunnel?.tries.flat() ?? []))).toBe(1);
      expect(tunnel?.streams.every(({ duplicates }) => duplicates === 0)).toBe(true);
      expect(new Set(tunnel?.inChildren)).toEqual(new Set(tunnel?.streams.keys()));
    },
  );

  it("count as many packets and bytes as the end that has all of them", async () => {
    const [one = []] = await packetsOf(["healthy-ikev2-initiator.pcap"]);
    const { judgement } = await judgePlaces([one]);
    const alone = judgement.tunnels[0]?.tunnel.streams.map(({ packets, bytes }) => ({ packets, bytes }));
    const [tunnel] = await reportOf("healthy-ikev2");
    expect(tunnel?.streams.map(({ packets, bytes }) => ({ packets, bytes }))).toEqual(alone);
  });

  it("count the attempts of a request that one end repeats, whatever the other end has of them", async () => {
    const [tunnel] = await reportOf("dpd-peer-killed", cutTo(60));
    expect(tunnel?.tries.at(-1)).toEqual([4, 0]);
  });

  it("count them too where the clocks agree so nearly that now one end, now the other has a copy first", async () => {
    const [tunnel] = await reportOf("dpd-peer-killed", (packets) =>
      packets.map((packet, index) => ({ ...packet, time: packet.time + (index % 2 === 0 ? 300 : -300) })),
    );
    expect(tunnel?.tries.at(-1)).toEqual([4, 0]);
  });
});

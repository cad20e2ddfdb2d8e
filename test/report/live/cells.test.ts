import { describe, expect, it } from "vitest";
import { percentage, shortCount, shortRate, shortSpan, worseLoss } from "../../../src/report/live/numbers.js";
import { peersText, shortAddress } from "../../../src/report/live/peers.js";
import { direction, liveTunnel } from "../../support/live/tunnels.js";

describe("a number in a narrow column", () => {
  it.each([
    [0, "0"],
    [99_999, "99999"],
    [100_000, "100k"],
    [999_499, "999k"],
    [999_999, "1.0M"],
    [12_345_678, "12M"],
    [4_000_000_000, "4.0G"],
  ])("counts %i as %s", (count, text) => expect(shortCount(count)).toBe(text));

  it.each([
    [0, "0"],
    [0.04, "<0.1"],
    [9.94, "9.9"],
    [9.96, "10"],
    [123_456, "123k"],
  ])("gives a rate of %f as %s", (rate, text) => expect(shortRate(rate)).toBe(text));

  it.each([
    [-5, "0s"],
    [59.9, "59s"],
    [60, "1m"],
    [3599, "59m"],
    [3600, "1h"],
    [7980, "2h13m"],
    [36_000, "10h"],
    [100_000, "1d3h"],
    [864_000, "10d"],
    [86_400 * 999, "999d"],
  ])("gives %f seconds as %s", (seconds, text) => expect(shortSpan(seconds * 1e6)).toBe(text));

  it.each([
    [0, "0%"],
    [0.0004, "<0.1%"],
    [0.024, "2.4%"],
    [0.0995, "10%"],
    [1, "100%"],
  ])("gives a part of %f as %s", (part, text) => expect(percentage(part)).toBe(text));

  it("takes the loss of the worse direction, and knows none where nothing flowed", () => {
    expect(worseLoss([direction({ packets: 90, lost: 10 }), direction({ packets: 1000, lost: 5 })])).toBe(
      0.1,
    );
    expect(worseLoss([direction(), direction()])).toBeNull();
  });
});

describe("peers in a narrow column", () => {
  it("stand there whole where there is room, with the initiator first", () => {
    expect(peersText(liveTunnel(), 30)).toBe("192.0.2.1 -> 198.51.100.2");
  });

  it("have no direction where only ESP was seen", () => {
    expect(peersText(liveTunnel({ rolesProven: false }), 30)).toBe("192.0.2.1 <-> 198.51.100.2");
  });

  it("lose whole groups from the middle of an IPv6 address, and the shorter address stays whole", () => {
    const tunnel = liveTunnel({ peers: ["2001:db8:1234:5678:9abc:def0:1234:1", "192.0.2.1"] });
    expect(peersText(tunnel, 34)).toBe("2001:db8:…:1234:1 -> 192.0.2.1");
    expect(peersText(liveTunnel({ peers: ["192.0.2.1", tunnel.peers[0]] }), 27)).toBe(
      "192.0.2.1 -> 2001:db8:…:1",
    );
  });

  it.each(Array.from({ length: 40 }, (_, width) => width))("are never wider than %i columns", (width) => {
    const address = "2001:db8:1234:5678:9abc:def0:1234:1";
    expect(shortAddress(address, width).length).toBeLessThanOrEqual(width);
    if (width < 7) return;
    const peers = peersText(liveTunnel({ peers: [address, address], rolesProven: false }), width);
    expect(peers.length).toBeLessThanOrEqual(width);
  });
});

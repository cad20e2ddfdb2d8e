import { describe, expect, it } from "vitest";
import { UsageError } from "../../../src/cli/exit.js";
import { hostAndPort, parseMetricsAddress } from "../../../src/cli/live/metrics-address.js";
import { parsePeerLimit } from "../../../src/cli/live/metrics-peers.js";

describe("the address of --metrics", () => {
  it.each([
    ["9476", "127.0.0.1", 9476],
    ["0", "127.0.0.1", 0],
    ["65535", "127.0.0.1", 65_535],
    ["0.0.0.0:9476", "0.0.0.0", 9476],
    ["192.0.2.1:80", "192.0.2.1", 80],
    ["[::1]:9476", "::1", 9476],
    ["[2001:db8::1]:9476", "2001:db8::1", 9476],
  ])("%s is on %s, port %i", (text, host, port) => {
    expect(parseMetricsAddress(text)).toEqual({ host, port });
  });

  it.each([
    "",
    "65536",
    "-1",
    "+80",
    "9476x",
    "0x50",
    "1e3",
    ":9476",
    "[]:9476",
    "localhost:9476",
    "192.0.2.256:9476",
    "[192.0.2.1]:9476",
    "2001:db8::1:9476",
    "[::1]",
    "[::1]9476",
    "192.0.2.1",
    "192.0.2.1:",
    " 9476",
    "9476\n",
  ])("%j is refused in one line that says what is taken", (text) => {
    expect(() => parseMetricsAddress(text)).toThrow(UsageError);
    expect(() => parseMetricsAddress(text)).toThrow(
      /^--metrics takes PORT or ADDR:PORT, such as 9476, .* not "[^\n]*"$/,
    );
  });

  it("stands in a URL as it must", () => {
    expect(hostAndPort({ host: "::1", port: 1 })).toBe("[::1]:1");
    expect(hostAndPort({ host: "192.0.2.1", port: 1 })).toBe("192.0.2.1:1");
  });
});

describe("the number of --metrics-peers", () => {
  it.each([
    ["0", 0],
    ["20", 20],
    ["1000", 1000],
  ])("is taken: %s", (text, limit) => {
    expect(parsePeerLimit(text)).toBe(limit);
  });

  it.each(["", "-1", "1001", "1e2", "20 ", "all"])("%j is refused", (text) => {
    expect(() => parsePeerLimit(text)).toThrow(UsageError);
    expect(() => parsePeerLimit(text)).toThrow(/^--metrics-peers takes a number from 0 to 1000, not "/);
  });
});

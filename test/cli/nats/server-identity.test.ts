import type { PeerCertificate } from "node:tls";
import { describe, expect, it } from "vitest";
import { serverIdentity } from "../../../src/cli/nats/server-identity.js";

/** A certificate with these alternative names, as Node hands it to a check. */
const certificateOf = (...names: readonly string[]): PeerCertificate =>
  ({ subject: { CN: "server" }, subjectaltname: names.join(", ") }) as PeerCertificate;

/** Node's name for the server where the client names an address. */
const UNNAMED = "localhost";

describe("the certificate of a server", () => {
  it.each([
    ["its address", ["192.0.2.1"], UNNAMED, ["IP Address:192.0.2.1"]],
    ["the address of one of a cluster", ["192.0.2.1", "192.0.2.2"], UNNAMED, ["IP Address:192.0.2.2"]],
    ["its address of IPv6", ["[2001:db8::1]"], UNNAMED, ["IP Address:2001:DB8:0:0:0:0:0:1"]],
    ["its name", ["nats-1", "192.0.2.2"], "nats-1", ["DNS:nats-1"]],
    ["localhost, which is asked for", ["localhost"], "localhost", ["DNS:localhost"]],
  ])("is taken for %s", (_, hosts, host, names) => {
    expect(serverIdentity(hosts)(host, certificateOf(...names))).toBe(undefined);
  });

  it.each([
    ["another address", ["192.0.2.1"], UNNAMED, ["IP Address:192.0.2.9"]],
    ["localhost, which nobody asked for", ["192.0.2.1"], UNNAMED, ["DNS:localhost"]],
    ["another name", ["nats-1", "192.0.2.2"], "nats-1", ["DNS:nats-9", "IP Address:192.0.2.2"]],
    [
      "an address where a name was asked for",
      ["localhost", "192.0.2.1"],
      "localhost",
      ["IP Address:192.0.2.1"],
    ],
  ])("is refused for %s", (_, hosts, host, names) => {
    expect(serverIdentity(hosts)(host, certificateOf(...names))).toBeInstanceOf(Error);
  });
});

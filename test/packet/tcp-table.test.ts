import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Dissector } from "../../src/packet/dissector.js";
import type { PacketView } from "../../src/packet/packet.js";
import { ConnectionKey } from "../../src/packet/tcp/connection-key.js";
import { ConnectionTable } from "../../src/packet/tcp/connection-table.js";
import { ethernet, ipv4, ipv6, tcp } from "../support/packet/index.js";
import { frameOf } from "../support/packet/frame.js";

function viewOf(packet: Uint8Array): PacketView {
  const dissector = new Dissector();
  const frame = ethernet({ payload: packet });
  dissector.dissect(frameOf(frame), 1);
  return dissector.view;
}

function keyOf(packet: Uint8Array): { words: number[]; hash: number; swapped: boolean } {
  const key = new ConnectionKey(7);
  key.set(viewOf(packet));
  return { words: [...key.words], hash: key.hash, swapped: key.swapped };
}

const segment = (source: string, destination: string, ports: [number, number]): Uint8Array =>
  (source.includes(":") ? ipv6 : ipv4)({
    source,
    destination,
    protocol: 6,
    payload: tcp({ sourcePort: ports[0], destinationPort: ports[1] }),
  });

describe("the key of a connection", () => {
  it.each([
    ["192.0.2.1", "198.51.100.2", 50000, 4500],
    ["198.51.100.2", "192.0.2.1", 50000, 4500],
    ["192.0.2.1", "192.0.2.1", 50000, 4500],
    ["2001:db8::1", "2001:db8::2", 443, 443],
  ])("is the same both ways: %s, %s", (one, other, port, otherPort) => {
    const there = keyOf(segment(one, other, [port, otherPort]));
    const back = keyOf(segment(other, one, [otherPort, port]));
    expect({ words: back.words, hash: back.hash }).toEqual({ words: there.words, hash: there.hash });
    expect(back.swapped).toBe(!there.swapped);
  });

  it("tells ports, addresses and versions apart", () => {
    const keys = [
      keyOf(segment("192.0.2.1", "198.51.100.2", [50000, 4500])),
      keyOf(segment("192.0.2.1", "198.51.100.2", [4500, 50000])),
      keyOf(segment("192.0.2.1", "198.51.100.2", [50001, 4500])),
      keyOf(segment("192.0.2.1", "198.51.100.3", [50000, 4500])),
      keyOf(segment("c000:201::", "c633:6402::", [50000, 4500])),
    ];
    expect(new Set(keys.map(({ words }) => words.join(","))).size).toBe(5);
  });
});

it("the table holds what a map with a bound would hold", () => {
  const steps = fc.array(fc.tuple(fc.constantFrom("touch", "remove", "evict"), fc.nat({ max: 24 })), {
    maxLength: 200,
  });
  const property = fc.property(steps, fc.nat(), (list, seed) => {
    const evicted: number[] = [];
    const expectedEvictions: number[] = [];
    const table = new ConnectionTable<number>(8, (value) => evicted.push(value));
    const model = new Map<number, number>();
    const key = new ConnectionKey(seed);
    const evictFromModel = (): void => {
      for (const oldest of model.keys()) {
        model.delete(oldest);
        expectedEvictions.push(oldest);
        return;
      }
    };
    for (const [step, number] of list) {
      key.words.fill(number);
      // Few hashes for many keys: probes have to pass others.
      key.hash = number % 5;
      if (step === "remove") {
        table.remove(key);
        model.delete(number);
      } else if (step === "evict") {
        table.evictOldest();
        evictFromModel();
      } else {
        expect(table.find(key)).toBe(model.get(number));
        if (model.has(number)) {
          model.delete(number);
          model.set(number, number);
        } else {
          if (model.size >= 8) evictFromModel();
          table.add(key, number);
          model.set(number, number);
        }
      }
      expect(table.size).toBe(model.size);
      expect(evicted).toEqual(expectedEvictions);
    }
    table.clear();
    expect(evicted.slice(expectedEvictions.length)).toEqual([...model.keys()]);
  });
  fc.assert(property, { numRuns: 300 });
});

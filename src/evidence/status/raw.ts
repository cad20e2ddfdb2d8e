import type { Counted, Source } from "../record.js";
import { endpointFrom, type StatusSink } from "./list-sas.js";

/** A section of vici's raw form: `name {key=value list=[a b] section {...}}`. */
interface Section {
  readonly values: Map<string, string>;
  readonly sections: Map<string, Section>;
}

const DEEPEST = 16;
const START = /^list-sa(?:s)? (?:event|reply) \{/;
const TOKEN =
  /(?<![^\s={}[\]])([^\s={}[\]]{1,255})(=\[(?:[^[\]]|\[[^[\]]{0,80}\]){0,4000}\]|=[^\s{}]{0,1000}| \{)|\}/g;

/** Whether the line is one of `swanctl --list-sas --raw`. */
export function isRawSa(line: string): boolean {
  return START.test(line);
}

/** The IKE SAs and Child SAs of such a line. What is nested too deep is left out. */
export function readRawSa(line: string, source: Source, sink: StatusSink): void {
  for (const [name, sa] of rootOf(line).sections) {
    const value = (key: string): string | null => sa.values.get(key) ?? null;
    sink.ikeSa({
      source,
      name,
      state: value("state") ?? "",
      initiatorSpi: value("initiator-spi"),
      responderSpi: value("responder-spi"),
      isInitiator: value("initiator") === "yes",
      local: endpointFrom(value("local-host") ?? "", value("local-port") ?? ""),
      remote: endpointFrom(value("remote-host") ?? "", value("remote-port") ?? ""),
    });
    for (const [key, child] of sa.sections.get("child-sas")?.sections ?? []) {
      const of = (field: string): string | null => child.values.get(field) ?? null;
      sink.child({
        source,
        name: of("name") ?? key,
        ikeName: name,
        reqid: numberOf(of("reqid"), 10),
        state: of("state") ?? "",
        spiIn: numberOf(of("spi-in"), 16),
        spiOut: numberOf(of("spi-out"), 16),
        countedIn: countedOf(of("packets-in"), of("bytes-in")),
        countedOut: countedOf(of("packets-out"), of("bytes-out")),
        local: null,
        localSelectors: listOf(of("local-ts")),
        remoteSelectors: listOf(of("remote-ts")),
      });
    }
  }
}

function rootOf(line: string): Section {
  const root: Section = { values: new Map(), sections: new Map() };
  const open: Section[] = [root];
  const from = line.indexOf("{") + 1;
  for (const [token, key, value] of line.slice(from).matchAll(TOKEN)) {
    const current = open.at(-1) ?? root;
    if (token === "}") {
      if (open.length > 1) open.pop();
    } else if (key !== undefined && value === " {") {
      const inner: Section = { values: new Map(), sections: new Map() };
      if (open.length < DEEPEST) current.sections.set(key, inner);
      open.push(inner);
    } else if (key !== undefined && value !== undefined) current.values.set(key, value.slice(1));
  }
  return root;
}

function listOf(text: string | null): string[] {
  return text === null
    ? []
    : text
        .replaceAll(/^\[|\]$/g, "")
        .split(" ")
        .filter((net) => net !== "");
}

function countedOf(packets: string | null, bytes: string | null): Counted | null {
  return packets === null && bytes === null
    ? null
    : { packets: numberOf(packets, 10), bytes: numberOf(bytes, 10) };
}

function numberOf(text: string | null, base: number): number | null {
  return text !== null && /^[0-9a-f]{1,16}$/.test(text) ? Number.parseInt(text, base) : null;
}

import { hex32 } from "../../../bytes/hex.js";
import { newestStates } from "../../facts/host/kernel.js";
import { dumpLine } from "../../facts/host/lines.js";
import { isOfPair } from "../../facts/host/events.js";
import { defineHostRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** The daemon believes in an SPI that the kernel does not have. */
export const kernelDaemonDisagree = defineHostRule({
  code: "kernel-daemon-disagree",
  severity: "warning",
  title: "Daemon and kernel do not have the same Child SAs",
  explanation: "The daemon lists a Child SA as installed of which the kernel lacks a state.",
  signature:
    "A status of the daemon names an installed Child SA with an SPI that the dump of states, which has others of the same host, lacks. A rekey between the two dumps looks alike.",
  remedies: [
    "Take both again, one right after the other: swanctl --list-sas; ip -s xfrm state.",
    "If they still differ, set the Child SA up again, and find out who changes the kernel's states: ip xfrm monitor.",
  ],
  references: [],
  needs: ["host"],
  yieldsTo: ["xfrm-no-state"],
  detect: (context) => {
    const { records } = context.host;
    const states = newestStates(records);
    const children = records.children.at(-1)?.entries;
    if (states === null || children === undefined || states.length === 0) return null;
    const known = new Set(states.map(({ spi }) => spi));
    const ours = new Set(states.filter(({ src, dst }) => isOfPair(context, src, dst)).map(({ spi }) => spi));
    for (const child of children.filter(({ state }) => state === "INSTALLED")) {
      const spis = [child.spiIn, child.spiOut].filter((spi) => spi !== null);
      // One of the two tells whose Child SA it is; where both are gone, it may be another peer's.
      const missing = spis.find((spi) => !known.has(spi));
      if (missing === undefined || !spis.some((spi) => ours.has(spi))) continue;
      return {
        confidence: "likely",
        provenance: "deduced",
        phase: null,
        headline: say`the daemon of ${records.name} lists SPI ${hex32(missing)} of "${child.name}", and the kernel has no such state`,
        summary: say`The daemon of ${records.name} lists "${child.name}" as installed with SPI ${hex32(missing)}; the dump of states lacks it. Either another program removed it, or a rekey lies between the two dumps.`,
        evidence: [],
        lines: [dumpLine(child.source, say`"${child.name}" installed, ${spis.map(hex32).join(" and ")}`)],
      };
    }
    return null;
  },
});

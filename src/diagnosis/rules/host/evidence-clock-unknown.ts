import { humanDuration } from "../../../bytes/time.js";
import type { HostClock } from "../../../joint/host-clock.js";
import type { JoinedHost } from "../../../joint/joined.js";
import { joined, type Message, say, verbatim } from "../../../texts/message.js";
import { defineHostRule } from "../../rule.js";

/** A log that has packets or times, and nothing that ties it to the capture's clock. */
export const evidenceClockUnknown = defineHostRule({
  code: "evidence-clock-unknown",
  severity: "info",
  title: "The clock of a log cannot be told",
  explanation: "No verdict that needs the time of a log's lines is made.",
  signature:
    "The log has no times, or fewer than two messages in common with the capture. Or its messages are alike those of the capture only with another difference of the clocks, and nothing proves it: no SPI of a Child SA in both, no whole zone, no many messages at intervals of their own, or several differences that join as many. If it has no message at all, both clocks are taken to be right, and what follows says so.",
  remedies: [
    "Write times with milliseconds: strongSwan filelog time_format = %b %e %T and time_add_ms = yes; and the packets: net = 1.",
    "Take log and capture of the same attempt, with the clock of the host set by NTP.",
  ],
  references: [],
  needs: ["host"],
  per: "once",
  detect: ({ host, capture }) => {
    const { clock, foreign, records, unused } = host;
    if (foreign !== null || capture.tunnels.length === 0) return null;
    const hasLog = records.events.some(({ section }) => section.kind !== "ip xfrm monitor");
    const [file] = [...unused].flatMap(([name, why]) => (why === null ? [name] : []));
    if (file === undefined && (clock.by === "messages" || !hasLog)) return null;
    const name = file === undefined || records.files.length === 1 ? records.name : file;
    return {
      confidence: "certain",
      provenance: "deduced",
      phase: null,
      headline: say`the clock of ${verbatim(name)} cannot be told`,
      summary: joined(
        say`The log of ${verbatim(name)} ${whyUnknown(host, file)}.`,
        records.addresses.size > 0 ? "" : WITHOUT_ADDRESS,
      ),
      evidence: [],
    };
  },
});

const WITHOUT_ADDRESS =
  " Nothing in it says at which end of a tunnel the host is, so that no verdict rests on it: --with ADDRESS=FILE says so.";

function whyUnknown({ clock, clocks, records }: JoinedHost, file: string | undefined): Message {
  const of = (file === undefined ? undefined : clocks.get(file)) ?? clock;
  if (of.doubt !== null) return doubtText(of.doubt);
  const isDated = records.events.some(({ event }) => event.stamp !== null);
  const hasTimes = records.events.some(({ event }) => event.writtenTime !== "");
  switch (of.by) {
    case "order":
      return hasTimes && !isDated
        ? say`has times without a date; ${of.joins.length} of its messages are in the capture in the same order`
        : say`has no times; ${of.joins.length} of its messages are in the capture in the same order`;
    case "assumed":
      return "has no message in common with the capture; its clock is taken to be right";
    case "messages":
    case "none":
      return "has too few messages in common with the capture; none of its lines is used";
  }
}

function doubtText({ offset, joined, places }: NonNullable<HostClock["doubt"]>): Message {
  const alike = say`${joined} of its messages are alike those of the capture, as those of another setup may be`;
  if (places > 1) {
    return say`fits the capture at ${places} places of its time, and nothing tells which one it is; none of its lines is used`;
  }
  if (offset === null) return say`has no dates: ${alike}; none of its lines is used`;
  return offset > 0
    ? say`fits the capture only if its clock is ${humanDuration(offset)} ahead: ${alike}; none of its lines is used`
    : say`fits the capture only if its clock is ${humanDuration(offset)} behind: ${alike}; none of its lines is used`;
}

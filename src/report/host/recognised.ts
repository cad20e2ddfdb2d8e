import { columnsOfText, padBehind } from "../../bytes/columns.js";
import { printable, printableJson } from "../../bytes/text.js";
import { listed, type Message, say, verbatim } from "../../texts/message.js";
import { ENGLISH, type Texts } from "../../texts/texts.js";
import { humanDuration, isoSecond } from "../../bytes/time.js";
import type { FileEvidence } from "../../evidence/reader.js";
import type { SecretLines } from "../../evidence/secret-tally.js";
import type { Coverage, Section } from "../../evidence/section.js";

/** Columns of the range of lines at least. */
const RANGE = 15;

/** Host texts as they were recognised, for people: a file, its sections with their lines, and what it gives away. */
export function renderRecognised(files: readonly FileEvidence[], texts: Texts = ENGLISH): string {
  return files.map((file) => `${linesOfFile(file, texts).join("\n")}\n`).join("\n");
}

function linesOfFile(file: FileEvidence, texts: Texts): string[] {
  const { sections, secrets, unknown, lines } = file;
  const name = verbatim(printable(file.file));
  const given = secrets.found.map((one) => `  ${texts.of(secretText(one))}`);
  if (sections.length === 0)
    return [texts.of(say`${name}: nothing recognised in ${linesText(lines)}`), ...given];
  const ranges = sections.map((section) => texts.of(rangeText(section)));
  const wide = Math.max(RANGE, ...ranges.map(columnsOfText));
  const rows = sections.map(
    (section, index) => `  ${padBehind(ranges[index] ?? "", wide)} ${texts.of(sectionText(section))}`,
  );
  const notes: Message[] = [];
  if (unknown.lines > 0)
    notes.push(say`${linesText(unknown.lines)} not recognised, the first is line ${unknown.first ?? 0}`);
  if (file.cutLines > 0) notes.push(say`${linesText(file.cutLines)} longer than 64 KiB, read to there`);
  if (file.endsInLine) notes.push("the last line has no end: the file may be cut");
  if (file.droppedSections > 0)
    notes.push(
      file.droppedSections === 1
        ? "1 more section, filed with those above"
        : say`${file.droppedSections} more sections, filed with those above`,
    );
  return [
    texts.of(say`${name}: ${linesText(lines)}, ${sectionsText(sections.length)}`),
    ...rows,
    ...given,
    ...notes.map((note) => `  ${texts.of(note)}`),
  ];
}

function rangeText({ firstLine, lastLine }: Section): Message {
  return firstLine === lastLine ? say`line ${firstLine}` : `${firstLine}-${lastLine}`;
}

function sectionText({ kind, title, records, coverage }: Section): Message {
  const named = verbatim(title === null || title === "" ? kind : `${kind} (${printable(title)})`);
  if (coverage === null) return records === 1 ? say`${named}: 1 record` : say`${named}: ${records} records`;
  const events = records === 1 ? "1 event" : say`${records} events`;
  return say`${named}: ${listed([events, ...coverageTexts(coverage)], "statements")}`;
}

function coverageTexts({ first, last, groups, hasPackets, suppressed, stepsBack }: Coverage): Message[] {
  const parts: Message[] = [];
  if (first === null || last === null) parts.push("no times, in the order of lines");
  else {
    const zone = first.zone === "unknown" ? " (zone unknown)" : "";
    const step = humanDuration(first.step);
    parts.push(say`${isoSecond(first.time)} to ${isoSecond(last.time)}${zone}, ${step} steps`);
  }
  if (groups.size > 0) parts.push(verbatim([...groups].toSorted().join(" ")));
  if (!hasPackets) parts.push("tells of no packets");
  if (suppressed) parts.push("the journal dropped lines");
  if (stepsBack > 0) parts.push(say`its clock goes back ${stepsBack} time${stepsBack === 1 ? "" : "s"}`);
  return parts;
}

function secretText({ kind, count, lines }: SecretLines): Message {
  const more = count > lines.length ? ", ..." : "";
  return say`holds ${kind}: ${linesText(count)} (${lines.join(", ")}${more}), never shown`;
}

function linesText(count: number): Message {
  return count === 1 ? "1 line" : say`${count} lines`;
}

function sectionsText(count: number): Message {
  return count === 1 ? "1 section" : say`${count} sections`;
}

/** The same as JSON, schema "ikescope.evidence/1". */
export function renderRecognisedJson(files: readonly FileEvidence[]): string {
  const report = {
    schema: "ikescope.evidence/1",
    files: files.map(({ file, lines, sections, secrets, unknown, hosts, cutLines, endsInLine }) => ({
      file,
      lines,
      hosts,
      cutLines,
      endsInLine,
      unrecognised: unknown,
      sections: sections.map(({ kind, title, firstLine, lastLine, records, coverage }) => ({
        kind,
        title,
        firstLine,
        lastLine,
        records,
        coverage: coverage === null ? null : coverageJson(coverage),
      })),
      secrets: secrets.found,
    })),
  };
  return printableJson(`${JSON.stringify(report, null, 2)}\n`);
}

function coverageJson({ first, last, groups, hasPackets, suppressed, level, stepsBack }: Coverage): object {
  return {
    from: first === null ? null : isoSecond(first.time),
    to: last === null ? null : isoSecond(last.time),
    zone: first?.zone ?? null,
    year: first?.year ?? null,
    stepMicroseconds: first?.step ?? null,
    groups: [...groups].toSorted(),
    hasPackets,
    suppressed,
    level,
    stepsBack,
  };
}

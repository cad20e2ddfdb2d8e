import { printable, printableJson } from "../../bytes/text.js";
import { humanDuration, isoSecond } from "../../bytes/time.js";
import type { FileEvidence } from "../../evidence/reader.js";
import type { SecretLines } from "../../evidence/secret-tally.js";
import type { Coverage, Section } from "../../evidence/section.js";

/** What was recognised in host texts, for people: a file, its sections with their lines, and what it gives away. */
export function renderRecognised(files: readonly FileEvidence[]): string {
  return files.map((file) => `${linesOfFile(file).join("\n")}\n`).join("\n");
}

function linesOfFile(file: FileEvidence): string[] {
  const { sections, secrets, unknown, lines } = file;
  const name = printable(file.file);
  if (sections.length === 0) {
    return [`${name}: nothing recognised in ${counted(lines, "line")}`, ...secretsText(secrets.found)];
  }
  const rows = sections.map(
    (section) =>
      `  ${rangeText(section).padEnd(15)} ${section.kind}${titleText(section)}${contentText(section)}`,
  );
  return [
    `${name}: ${counted(lines, "line")}, ${counted(sections.length, "section")}`,
    ...rows,
    ...secretsText(secrets.found),
    ...(unknown.lines === 0
      ? []
      : [`  ${counted(unknown.lines, "line")} not recognised, the first is line ${unknown.first ?? 0}`]),
    ...(file.cutLines === 0 ? [] : [`  ${counted(file.cutLines, "line")} longer than 64 KiB, read to there`]),
    ...(file.endsInLine ? ["  the last line has no end: the file may be cut"] : []),
    ...(file.droppedSections === 0
      ? []
      : [`  ${counted(file.droppedSections, "more section")}, filed with those above`]),
  ];
}

function rangeText({ firstLine, lastLine }: Section): string {
  return firstLine === lastLine ? `line ${firstLine}` : `${firstLine}-${lastLine}`;
}

function titleText({ title }: Section): string {
  return title === null || title === "" ? "" : ` (${title})`;
}

function contentText({ records, coverage }: Section): string {
  const noun = coverage === null ? "record" : "event";
  return `: ${counted(records, noun)}${coverage === null ? "" : coverageText(coverage)}`;
}

function coverageText({ first, last, groups, hasPackets, suppressed, stepsBack }: Coverage): string {
  const parts: string[] = [];
  if (first === null || last === null) parts.push("no times, in the order of lines");
  else {
    const zone = first.zone === "unknown" ? " (zone unknown)" : "";
    parts.push(
      `${isoSecond(first.time)} to ${isoSecond(last.time)}${zone}, ${humanDuration(first.step)} steps`,
    );
  }
  if (groups.size > 0) parts.push([...groups].toSorted().join(" "));
  if (!hasPackets) parts.push("tells of no packets");
  if (suppressed) parts.push("the journal dropped lines");
  if (stepsBack > 0) parts.push(`its clock goes back ${counted(stepsBack, "time")}`);
  return `; ${parts.join("; ")}`;
}

function secretsText(found: readonly SecretLines[]): string[] {
  return found.map(({ kind, count, lines }) => {
    const more = count > lines.length ? ", ..." : "";
    return `  holds ${kind}: ${counted(count, "line")} (${lines.join(", ")}${more}), never shown`;
  });
}

/** "1 line", "2 lines". */
function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
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

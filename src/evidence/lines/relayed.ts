const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** RFC 5424 section 6: priority, version, time, host, program, process, message ID, structured data. */
const RFC5424 =
  /^<\d{1,3}>1 (-|\d{4}-\d\d-\d\dT\S{8,30}) (\S{1,255}) (\S{1,48}) \S{1,128} \S{1,32} (?:-|(?:\[(?:[^\]\\]|\\.){0,1000}\]){1,16}) ?(?:\uFEFF)?/u;
/** RFC 3164 section 4.1.1, as it comes over the network. */
const PRIORITY = /^<\d{1,3}>/;
/** "Sat Nov 28 20:16:02 2026 daemon.info pluto[844]: " of OpenWrt's logread. */
const LOGREAD =
  /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d\d:\d\d:\d\d) (\d{4}) [a-z\d]{2,9}\.[a-z]{2,7} ([\w./-]{1,64}(?:\[\d{1,10}\])?: )/;
/** "2026 Nov 28 20:16:02.523605 " of syslog-ng and Cisco's collectors. */
const YEAR_FIRST = /^(\d{4}) ([A-Z][a-z]{2}) ([ \d]\d) (\d\d:\d\d:\d\d(?:\.\d{1,9})?)(?= )/;

/** The line as a daemon's own host would have written it, where a relay or a collector put other words before it. */
export function withoutRelay(text: string): string {
  // Nearly all lines are told by one character.
  if (text.startsWith("<")) return withoutPriority(text);
  if (text[3] === " " && text[23] !== undefined && text[24] === " ") {
    const match = LOGREAD.exec(text);
    if (match !== null) {
      const [all, month = "", day = "", time = "", year = "", tag = ""] = match;
      const date = isoDate(year, month, day);
      if (date !== null) return `${date}T${time} - ${tag}${text.slice(all.length)}`;
    }
  }
  if (text[4] !== " " || text[8] !== " ") return text;
  const [all = "", year = "", month = "", day = "", time = ""] = YEAR_FIRST.exec(text) ?? [];
  const date = isoDate(year, month, day);
  return date === null ? text : `${date}T${time}${text.slice(all.length)}`;
}

function withoutPriority(text: string): string {
  const match = RFC5424.exec(text);
  if (match === null) return text.replace(PRIORITY, "");
  const [all, time = "", host = "", program = ""] = match;
  const message = text.slice(all.length);
  return time === "-" ? message : `${time} ${host} ${program}: ${message}`;
}

function isoDate(year: string, month: string, day: string): string | null {
  const index = MONTHS.indexOf(month);
  return index < 0 ? null : `${year}-${String(index + 1).padStart(2, "0")}-${day.trim().padStart(2, "0")}`;
}

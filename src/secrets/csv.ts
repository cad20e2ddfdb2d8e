/** Columns of one line of a Wireshark table: separated by commas, quoted or not, quotes doubled within; null for a broken quote. */
export function csvColumns(line: string): string[] | null {
  const columns: string[] = [];
  let at = 0;
  for (;;) {
    while (line[at] === " ") at++;
    let value = "";
    if (line[at] === '"') {
      at++;
      for (;;) {
        const quote = line.indexOf('"', at);
        if (quote < 0) return null;
        value += line.slice(at, quote);
        at = quote + 1;
        if (line[at] !== '"') break;
        value += '"';
        at++;
      }
      while (line[at] === " ") at++;
    } else {
      const comma = line.indexOf(",", at);
      const end = comma < 0 ? line.length : comma;
      value = line.slice(at, end).trim();
      at = end;
    }
    columns.push(value);
    if (at >= line.length) return columns;
    if (line[at] !== ",") return null;
    at++;
  }
}

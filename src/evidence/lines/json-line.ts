import type { LogLine } from "./line.js";
import { stampAt } from "./stamp.js";

type Fields = Readonly<Record<string, unknown>>;

/**
 * A line that is a JSON object: of `journalctl -o json`, where thread, group and IKE SA are fields, or of charon's own file log
 * (`json = yes`, strongSwan 6). Null where it is neither.
 */
export function journalLine(text: string): LogLine | null {
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch {
    return null;
  }
  return typeof fields === "object" && fields !== null && !Array.isArray(fields)
    ? lineOfFields(fields as Fields)
    : null;
}

/** The same of the fields of a journal entry, by whatever output they were printed. Null where there is no message. */
export function lineOfFields(fields: Fields): LogLine | null {
  const text = (name: string): string | null => {
    const value = fields[name];
    return typeof value === "string" ? value : typeof value === "number" ? String(value) : null;
  };
  const number = (name: string): number | null => {
    const value = text(name);
    return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : null;
  };
  const own = text("msg");
  if (own !== null && text("group") !== null) {
    return {
      stamp: stampAt(text("time") ?? "", 0)?.stamp ?? null,
      host: null,
      tag: null,
      thread: number("thread"),
      group: text("group"),
      level: number("level"),
      ikeName: text("ikesa-name"),
      ikeId: number("ikesa-uniqueid"),
      message: own,
      dialect: "charon",
      stampText: text("time") ?? "",
    };
  }
  const message = text("MESSAGE");
  if (message === null) return null;
  const tag = text("SYSLOG_IDENTIFIER")?.toLowerCase() ?? null;
  const micros = text("__REALTIME_TIMESTAMP");
  const isPluto = tag === "pluto";
  return {
    stamp:
      micros !== null && /^\d{1,16}$/.test(micros)
        ? { time: Number(micros), step: 1, zone: "utc", year: "given" }
        : null,
    host: text("_HOSTNAME"),
    tag,
    thread: number("THREAD"),
    group: text("GROUP"),
    level: number("LEVEL"),
    ikeName: text("IKE_SA_NAME"),
    ikeId: number("IKE_SA_UNIQUE_ID"),
    message,
    dialect: isPluto ? "pluto" : tag !== null && /charon|ipsec|strongswan/.test(tag) ? "charon" : "plain",
    stampText: micros ?? "",
  };
}

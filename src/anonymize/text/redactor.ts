import { CHARON_MESSAGES } from "../../evidence/charon/messages.js";
import { JournalEntry } from "../../evidence/lines/journal-entry.js";
import type { LogLine } from "../../evidence/lines/line.js";
import { logLine } from "../../evidence/lines/log-line.js";
import type { TextLine } from "../../evidence/lines/splitter.js";
import { PLUTO_MESSAGES, PLUTO_PREFIX } from "../../evidence/pluto/messages.js";
import { secretIn } from "../../evidence/secrets.js";
import { journalHeader, redactedEntry } from "./journal-fields.js";
import { redactedRawSa } from "./raw-sa.js";
import { TextReplacements } from "./replacements.js";
import { STATUS_TEMPLATES } from "./status-templates.js";
import { redactedXfrmLine } from "./xfrm-line.js";

/** How many lines were passed on and how many were not. */
export interface RedactionCount {
  readonly kept: number;
  /** Held a secret, or were part of one: keys, passwords, dumps of bytes. */
  readonly secrets: number;
  /** Nothing knows what they say. */
  readonly unknown: number;
}

/** Commands whose line says nothing but what was asked. */
const COMMAND =
  /^(?:.{0,200}[#$+] )?((?:sudo )?(?:ip(?: -(?:s|d|ts|details|stat|statistics)){0,3} xfrm (?:state|policy|monitor)(?: list)?|swanctl --(?:list-sas|stats|counters)(?: --raw)?|ipsec (?:statusall|status|trafficstatus|showstates|briefstatus)|cat \/proc\/net\/xfrm_stat))\s*$/;
const COUNTER = /^\s*Xfrm[A-Za-z]{3,40}[ \t]+\d{1,20}\s*$/;
const TAGS = new Set(["charon", "charon-systemd", "charon-nm", "ipsec", "pluto", "strongswan"]);
const GROUP = /^[A-Z]{3}$/;
const STAMP = /^[A-Za-z0-9 :.,+-]{0,60}$/;

/**
 * Makes lines that may be given away of lines of a host: what is known is passed on with its values replaced, what holds a secret
 * and what nothing knows is not.
 */
export class Redactor {
  readonly #replacements: TextReplacements;
  readonly #entry = new JournalEntry();
  /** How the entry of `journalctl -o verbose` begins that is being read, and lines of it. */
  #header = "";
  #lines = 0;
  #kept = 0;
  #secrets = 0;
  #unknown = 0;

  /** `key` is that of `--anonymize`: with the same one the same values are replaced by the same. */
  constructor(key: Uint8Array) {
    this.#replacements = new TextReplacements(key);
  }

  get count(): RedactionCount {
    return { kept: this.#kept, secrets: this.#secrets, unknown: this.#unknown };
  }

  /** The lines to pass on, without their ends: at most that one, but where it ends an entry of `journalctl -o verbose`. */
  line({ text, isCut }: TextLine): readonly string[] {
    if (JournalEntry.begins(text)) {
      const before = this.end();
      this.#entry.begin(text, 0);
      this.#header = journalHeader(text) ?? "";
      this.#lines = 1;
      return before;
    }
    if (!isCut && this.#entry.add(text)) {
      this.#lines++;
      return [];
    }
    const before = this.end();
    if (text.trim() === "") return [...before, ""];
    const redacted = isCut ? null : this.#redacted(text);
    if (redacted !== null) this.#kept++;
    else if (secretIn(logLine(text, 0).message) !== null || secretIn(text) !== null) this.#secrets++;
    else this.#unknown++;
    return redacted === null ? before : [...before, redacted];
  }

  /** The lines that stand behind the last one: an entry of `journalctl -o verbose` is passed on once it is whole. */
  end(): readonly string[] {
    const line = this.#entry.take()?.line ?? null;
    const lines = this.#lines;
    this.#lines = 0;
    const message = line === null || this.#header === "" ? null : this.#loggedMessage(line);
    const redacted =
      line === null || message === null ? [] : redactedEntry(this.#header, line, message, this.#replacements);
    this.#kept += redacted.length;
    const left = Math.max(0, lines - redacted.length);
    if (line !== null && secretIn(line.message) !== null) this.#secrets += left;
    else this.#unknown += left;
    return redacted;
  }

  #redacted(text: string): string | null {
    const command = COMMAND.exec(text);
    if (command !== null) return `$ ${command[1]}`;
    if (COUNTER.test(text)) return text.trimEnd();
    const xfrm = redactedXfrmLine(text, this.#replacements);
    if (xfrm !== null) {
      if (xfrm.includes("<<Keys hidden>>") && !text.includes("<<Keys hidden>>")) this.#secrets++;
      return xfrm;
    }
    if (secretIn(text) !== null) return null;
    const line = logLine(text, 0);
    if (line.dialect === "whack") return this.#status(text) ?? this.#whack(text, line.message);
    if (line.dialect !== "plain") return this.#log(line, text.startsWith("{"));
    return redactedRawSa(text, this.#replacements) ?? this.#status(text) ?? this.#message(text.trim());
  }

  #log(line: LogLine, isJson: boolean): string | null {
    const message = this.#loggedMessage(line);
    if (message === null) return null;
    return isJson ? this.#json(line, message) : `${this.#prefix(line)}${message}`;
  }

  /** The message of a log line that may be passed on with what stands before it; null for none. */
  #loggedMessage({ message, tag, group, stampText }: LogLine): string | null {
    if (secretIn(message) !== null || (tag !== null && !TAGS.has(tag))) return null;
    if (!STAMP.test(stampText) || (group !== null && !GROUP.test(group))) return null;
    return this.#message(message.trim());
  }

  /** whack puts a number of three digits before each line. */
  #whack(text: string, message: string): string | null {
    const replaced = this.#message(message.trim());
    return replaced === null ? null : `${text.slice(0, 4)}${replaced}`;
  }

  #message(message: string): string | null {
    const charon = CHARON_MESSAGES.find(message);
    if (charon !== null) return this.#replacements.places(message, charon.found);
    const prefix = PLUTO_PREFIX.exec(message);
    const rest = message.slice(prefix?.[0].length ?? 0);
    const pluto = PLUTO_MESSAGES.find(rest);
    const replaced = pluto === null ? null : this.#replacements.places(rest, pluto.found);
    if (replaced === null || prefix === null) return replaced;
    const [, name = "", instance, address, number] = prefix;
    const mapped = address === undefined ? "" : this.#replacements.addressWith(address);
    if (mapped === null) return null;
    return [
      `"${this.#replacements.name(name)}"`,
      instance === undefined ? "" : `[${instance}]`,
      mapped === "" ? "" : ` ${mapped}`,
      number === undefined ? "" : ` #${number}`,
      `: ${replaced}`,
    ].join("");
  }

  #status(text: string): string | null {
    const indent = /^\s*/.exec(text)?.[0] ?? "";
    // Columns are padded with blanks, which tell nothing.
    const body = text.trim().replaceAll(/, +(?=\d)/g, ", ");
    const row = STATUS_TEMPLATES.find(body);
    const replaced = row === null ? null : this.#replacements.places(body, row.found);
    return replaced === null ? null : `${indent}${replaced}`;
  }

  #prefix({ stampText, host, tag, thread, group, level, ikeName, ikeId, dialect }: LogLine): string {
    const sa =
      ikeId === null
        ? ""
        : ikeName === null
          ? `<${ikeId}> `
          : `<${this.#replacements.name(ikeName)}|${ikeId}> `;
    const charon =
      group === null
        ? ""
        : `${thread === null ? "" : String(thread).padStart(2, "0")}[${group}${level ?? ""}] ${sa}`;
    const origin = host === null ? "" : `${this.#replacements.name(host)} ${tag ?? ""}: `;
    if (stampText === "") return `${origin}${charon}`;
    return `${stampText}${dialect === "pluto" && host === null ? ": " : " "}${origin}${charon}`;
  }

  #json({ stampText, host, tag, thread, group, level, ikeName, ikeId }: LogLine, message: string): string {
    const isJournal = tag !== null;
    const name = ikeName === null ? undefined : this.#replacements.name(ikeName);
    return JSON.stringify(
      isJournal
        ? {
            __REALTIME_TIMESTAMP: stampText,
            _HOSTNAME: host === null ? undefined : this.#replacements.name(host),
            SYSLOG_IDENTIFIER: tag,
            THREAD: thread?.toString(),
            GROUP: group ?? undefined,
            LEVEL: level?.toString(),
            IKE_SA_NAME: name,
            IKE_SA_UNIQUE_ID: ikeId?.toString(),
            MESSAGE: message,
          }
        : {
            time: stampText,
            thread: thread ?? undefined,
            group: group ?? undefined,
            level: level ?? undefined,
            "ikesa-uniqueid": ikeId?.toString(),
            "ikesa-name": name,
            msg: message,
          },
    );
  }
}

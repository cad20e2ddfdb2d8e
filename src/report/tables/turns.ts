import { hex32 } from "../../bytes/hex.js";
import { humanDuration } from "../../bytes/time.js";
import type { KeptTunnel } from "../../session/model.js";
import type { Texts } from "../../texts/texts.js";
import { firstAndLast } from "./abridged.js";
import { streamWay } from "./streams.js";
import { tableLines, type TableShape } from "./table.js";

const TURNS: TableShape = { rightAligned: ["turns", "from", "to"], droppable: [], cuttable: ["dir"] };

export const TURNS_HEAD = ["dir", "SPI", "came right after", "turns", "from", "to"] as const;

/** Which SPI followed which, how often and when, as `TURNS_HEAD` names it: a row for each two that took turns. */
export function turnsRows(tunnel: KeptTunnel): string[][] {
  const at = (time: number): string => `+${humanDuration(time - tunnel.firstTime)}`;
  return tunnel.streams.flatMap((stream) =>
    stream.answers.map(({ spi, turns, firstTime, lastTime }) => [
      streamWay(tunnel, stream),
      hex32(stream.spi),
      hex32(spi),
      String(turns),
      at(firstTime),
      at(lastTime),
    ]),
  );
}

/** The same as a table. */
export function turnsTable(tunnel: KeptTunnel, width: number, texts: Texts): string[] {
  const rows = turnsRows(tunnel);
  if (rows.length === 0) return [];
  const shown = firstAndLast(rows, (row) => row, TURNS_HEAD.length, texts);
  return tableLines(TURNS_HEAD, shown, TURNS, width, texts);
}

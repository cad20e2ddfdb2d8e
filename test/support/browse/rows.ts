import { type TunnelRow, tunnelRow } from "../../../src/report/browse/tunnel-row.js";
import { recordedAs } from "../../score/labelled.js";
import { judgeLabelled } from "../../score/score.js";

/** The row of the one tunnel of a labelled capture, with what a test says otherwise. */
export async function rowOf(capture: string, changes: Partial<TunnelRow> = {}): Promise<TunnelRow> {
  const [judged] = (await judgeLabelled(recordedAs(capture))).tunnels;
  if (judged === undefined) throw new Error(`no tunnel in ${capture}`);
  return { ...tunnelRow(judged), ...changes };
}

/** So many rows like this one, numbered from 1, each with an address of its own. */
export function manyRows(row: TunnelRow, count: number): TunnelRow[] {
  return Array.from({ length: count }, (_, index) => {
    const address = `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
    const peers = [address, row.peers[1]] as const;
    return {
      ...row,
      id: index + 1,
      peers,
      ends: peers,
      addresses: peers,
      words: `${peers.join(" ")} ${row.words}`,
    };
  });
}

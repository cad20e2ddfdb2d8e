import type { Exchange, IkeSa } from "../../../session/model.js";
import { endsOf } from "../../../session/model/queries.js";
import { type Message, say } from "../../../texts/message.js";
import { evidenceOf, inOrder } from "../../evidence.js";
import type { Evidence } from "../../finding.js";

/** How the refused CREATE_CHILD_SA are told: each request by the side that sent it, for both sides may refuse. */
export interface RefusedTexts {
  /** Each side refuses what the other one asks for. */
  readonly isMutual: boolean;
  /** Which side refuses, and how often. */
  readonly headline: Message;
  /** Which side asked, up to the words that say what the answer is. */
  readonly asked: Message;
  readonly evidence: readonly Evidence[];
}

/** The texts on `refused`, requests of `sa` in order of time, at least one. */
export function refusedTexts(sa: IkeSa, refused: readonly Exchange[]): RefusedTexts {
  const first = refused[0]?.startedBy ?? "initiator";
  const [{ address: asker }, { address: refuser }] = endsOf(sa, first);
  const own = refused.filter(({ startedBy }) => startedBy === first);
  const ofOther = refused.filter(({ startedBy }) => startedBy !== first);
  const evidence = inOrder([...citedOf(sa, own), ...citedOf(sa, ofOther)]);
  const [times, timesOfOther] = [timesText(own.length), timesText(ofOther.length)];
  return ofOther.length === 0
    ? {
        isMutual: false,
        headline: say`${refuser} refuses CREATE_CHILD_SA ${times}`,
        asked: say`${asker} asked with CREATE_CHILD_SA ${times}, and the answer of ${refuser}`,
        evidence,
      }
    : {
        isMutual: true,
        headline: say`${refuser} refuses CREATE_CHILD_SA of ${asker} ${times}, and ${asker} that of ${refuser} ${timesOfOther}`,
        asked: say`Each side refuses what the other one asks for: CREATE_CHILD_SA of ${asker} is refused ${times}, that of ${refuser} ${timesOfOther}. The last answer`,
        evidence,
      };
}

/** The first and the last of the requests of one side, with their answers. */
function citedOf(sa: IkeSa, refused: readonly Exchange[]): Evidence[] {
  return [...new Set([refused[0], refused.at(-1)])].flatMap((one, index) => {
    if (one === undefined) return [];
    const [{ address: asker }, { address: refuser }] = endsOf(sa, one.startedBy);
    const bytes = one.response?.message.header.length ?? 0;
    return [
      ...evidenceOf(
        one.request,
        index === 0
          ? say`CREATE_CHILD_SA request of ${asker}`
          : say`CREATE_CHILD_SA request of ${asker} again`,
        1,
      ),
      ...evidenceOf(one.response, say`answer of ${refuser}, ${bytes} bytes: one notify`, 1),
    ];
  });
}

function timesText(count: number): Message {
  return count === 1 ? "once" : say`${count} times`;
}

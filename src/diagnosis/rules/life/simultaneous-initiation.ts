import { deleteLike, PAST_ANNOUNCEMENTS_US } from "../../facts/life/ike-delete.js";
import { isDoubled } from "../../facts/child/doubled-children.js";
import { type UpSetup, completeSetups, lastExchange, setupEvidence } from "../../facts/life/setups.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** A peer that notices a doubled IKE SA deletes it within this time, microseconds after the setup. */
const DELETED_SOON_US = 60_000_000;

/** Both sides begin an IKE SA before the other one's is up, and both come up. */
export const simultaneousInitiation = defineRule({
  code: "simultaneous-initiation",
  severity: "warning",
  title: "Both sides set the tunnel up at the same time",
  explanation: "Two setups cross and both succeed: two IKE SAs, and perhaps doubled children.",
  signature: "Each side opens an IKE SA before the other one's is up, and both come up.",
  remedies: ["Let one side only initiate."],
  commands: ["start", "status"],
  references: ["RFC 7296 section 2.8"],
  onlyWith: ["beyond-setup"],
  detect: (context) => {
    const setups = completeSetups(context);
    const crossed = setups.flatMap((one) => {
      const other = setups.find((two) => crosses(one, two));
      return other === undefined ? [] : [[one, other] as const];
    });
    const [first] = crossed;
    if (first === undefined) return null;
    const [one, other] = first;
    const doubled = isDoubled(context, Math.min(one.sa.firstTime, other.sa.firstTime));
    const isSolved = !doubled && crossed.every((pair) => pair.some(isDeletedSoon));
    return {
      ...(isSolved ? { severity: "info" as const } : {}),
      confidence: "certain",
      provenance: "observed",
      phase: "IKE_SA_INIT",
      headline: say`both sides began a setup at the same time, and both came up${doubled ? ": the tunnel is there twice" : ""}`,
      summary: say`${one.sa.initiator.address} and ${other.sa.initiator.address} each began a setup before the other's was done, and both succeeded: two IKE SAs between the same peers. ${doubled ? "Several pairs of SPIs carry traffic at the same time, so requests and answers may take different ones." : isSolved ? "One of them was deleted soon, as it should be." : "Each has children of its own; if both stay, requests and answers may take different ones."}`,
      evidence: setupEvidence([one, other], "a setup begins"),
    };
  },
});

function crosses(one: UpSetup, two: UpSetup): boolean {
  return (
    one.sa.initiator.address !== two.sa.initiator.address &&
    one.sa.firstTime <= two.sa.firstTime &&
    two.sa.firstTime < one.upAt
  );
}

/** The IKE SA ends with a message that can only be its delete, soon after it came up: the peers put the doubling right. */
function isDeletedSoon(setup: UpSetup): boolean {
  const last = lastExchange(setup.sa);
  if (last === undefined || last.response === null || !setup.progress.later.includes(last)) return false;
  const deleted = deleteLike(setup, last, PAST_ANNOUNCEMENTS_US.surely);
  return deleted !== null && deleted.certain && deleted.time - setup.upAt <= DELETED_SOON_US;
}

import { expect, it } from "vitest";
import { ALL, GIVEN, judgedAtEnds, without } from "../support/capture/both-ends.js";
import { clientSetsUp, faults, finding, type Frame, scenario } from "../support/scenario/index.js";

it.each(GIVEN)(
  "of three clients behind one address the one is told whose answers do not come to the other place, %s",
  async (given) => {
    const talk = scenario({ floats: true });
    const lost: Frame[] = [];
    for (const number of [1, 2, 3]) {
      const nat = { address: "192.0.2.10", port500: 61_000 + number, port4500: 62_000 + number };
      const client = talk.host("10.0.0.5", { nat });
      const spi = 0x1000 * number;
      clientSetsUp(talk, number, client);
      for (let second = 5; second < 40; second++) {
        talk.between(client, talk.responder, second).esp({ sequence: second, spi });
        const answer = talk
          .between(talk.responder, client, second + 0.1)
          .esp({ sequence: second, spi: spi + 1 });
        if (number === 2 && second > 20) lost.push(...answer);
      }
    }
    const judgement = await judgedAtEnds(talk.endsAt(41), given, without(lost), ALL);
    expect(judgement.tunnels.map(({ status }) => status)).toEqual(["healthy", "failing", "healthy"]);
    expect(faults(judgement)).toEqual(["lost-between-captures"]);
    expect(finding(judgement, "lost-between-captures").tunnel).toBe(2);
  },
);

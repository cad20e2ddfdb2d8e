import type { Analysis } from "../../index.js";
import { openedTunnel } from "../../report/html/overview.js";
import { printableData } from "../../report/html/printable-data.js";
import type { Answer, Question } from "../protocol.js";
import { bytesOf } from "./bytes-of.js";
import { fileOf } from "./file-of.js";
import { resultOf } from "./result.js";
import { trafficOf } from "./traffic.js";
import { presentationOf, type Session } from "./session.js";

/** Answers what the page asks about a judged capture. Rejects where there is nothing like it. */
export async function answerTo(question: Question, analysis: Analysis, session: Session): Promise<Answer> {
  switch (question.about) {
    case "result":
      session.presentation = presentationOf(question.look);
      return resultOf(analysis, session);
    case "tunnel": {
      const { tunnels, files } = session.presented(analysis.judgement);
      const tunnel = tunnels.find((judged) => judged.tunnel.id === question.id);
      if (tunnel === undefined) throw new Error(`there is no tunnel ${question.id}`);
      return printableData(openedTunnel(tunnel, files.length > 1, session.presentation));
    }
    case "bytes":
      return bytesOf(question, session);
    case "traffic": {
      const tunnel = analysis.judgement.tunnels.find((judged) => judged.tunnel.id === question.id);
      if (tunnel === undefined) throw new Error(`there is no tunnel ${question.id}`);
      return trafficOf(tunnel, question.span, session, analysis.clocks);
    }
    case "file":
      return fileOf(question.form, analysis, session);
  }
}

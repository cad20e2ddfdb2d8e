import { expect } from "vitest";
import { itIf } from "../support/require.js";
import { examine, isExamThere } from "./exam.js";

/**
 * The lengths of an IKE_AUTH request and response that both hold certificates do not tell whether the Child SA was accepted: the
 * tunnel is up, and that is said to be unknown.
 */
const UNDECIDABLE = /^f_child_ts_cert_/;

itIf(isExamThere(), "../shared/exam-open is not there")(
  "captures of real daemons that no rule was written for are judged right, and no fault is called healthy",
  async () => {
    const examined = await examine();
    expect(examined.length).toBeGreaterThan(100);
    const wrong = examined.filter(({ isRight, name }) => !isRight && !UNDECIDABLE.test(name));
    expect(wrong.map(({ name, said }) => `${name} ${said}`)).toEqual([]);
    expect(examined.filter(({ isCalledHealthy }) => isCalledHealthy)).toEqual([]);
  },
);

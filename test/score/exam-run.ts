import { examine, isExamThere } from "./exam.js";

/** Prints which captures of the exam are judged otherwise than their truth says, and the two opposite errors side by side. */
if (isExamThere()) {
  const examined = await examine();
  for (const { name, said } of examined.filter(({ isRight }) => !isRight)) console.log(`${name}  ${said}`);
  const count = (wanted: (one: (typeof examined)[number]) => boolean): number =>
    examined.filter(wanted).length;
  console.log(
    `${count(({ isRight }) => isRight)} of ${examined.length} right: ` +
      `${count(({ isRight, isFault }) => isFault && isRight)} of ${count(({ isFault }) => isFault)} faults told, ` +
      `${count(({ isCalledHealthy }) => isCalledHealthy)} called healthy, ` +
      `${count(({ isRight, isFault }) => !isFault && !isRight)} of ${count(({ isFault }) => !isFault)} others accused`,
  );
} else {
  console.log("the exam (../shared/exam-open) is not there");
}

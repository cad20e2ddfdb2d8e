import { dataView } from "../../describe/data-view.js";
import type { PuzzleSolutionPayload } from "./type.js";

export const puzzleSolutionView = dataView<PuzzleSolutionPayload>("Puzzle solution data", ({ data }) => data);

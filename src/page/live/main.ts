import { startLive } from "./app.js";

const place = document.getElementById("app");
if (place !== null) startLive(place);

import { startApp } from "./app.js";

const place = document.getElementById("app");
if (place !== null) startApp(place);

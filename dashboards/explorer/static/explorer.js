// Starts a view: its charts, and what scripts of its own it has.
import "./gains.js";
import "./map.js";
import "./network.js";
import "./space.js";
import "./why.js";
import { all } from "./page.js";
import { wait } from "./linked.js";
import { start } from "./charts.js";

const main = document.querySelector("main");
if (main.dataset.working) wait(main.dataset.working);
else start(all("[data-chart]:not([data-own])")).then(() => { document.body.dataset.ready = "yes"; });

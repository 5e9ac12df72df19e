// The panel of changes: its parts, and their start.
import "./chips.js";
import "./kept.js";
import "./saving.js";
import { start } from "./asking.js";

start();

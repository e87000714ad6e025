const { workerData } = require("node:worker_threads");
const { load } = require("./load");

// What the main thread has compiled for the same command.
load(workerData.program, "synth").exports.work();

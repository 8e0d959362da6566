// The table of runs, told by the server whenever it changes.
"use strict";
const runs = document.getElementById("runs");
if (runs && window.EventSource) {
  const events = new EventSource(runs.dataset.events);
  events.onmessage = (event) => {
    const held = document.activeElement;
    // A press on a button must not be taken away from under the finger.
    if (held && held.closest && held.closest("#runs form")) return;
    runs.innerHTML = event.data;
  };
  addEventListener("pagehide", () => events.close());
}

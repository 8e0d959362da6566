// The table of runs, told by the server whenever it changes.
"use strict";
const runs = document.getElementById("runs");
if (runs && window.EventSource) {
  const events = new EventSource(runs.dataset.events);
  let latest = null;
  const show = () => {
    // What somebody stands on must not be taken away from under the finger.
    if (latest === null || runs.contains(document.activeElement)) return;
    runs.innerHTML = latest;
    latest = null;
  };
  events.onmessage = (event) => { latest = event.data; show(); };
  runs.addEventListener("focusout", () => setTimeout(show));
  addEventListener("pagehide", () => events.close());
}

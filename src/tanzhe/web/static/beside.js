// Text and structure scroll to each other: a press on one shows the other.
"use strict";
(() => {
  const show = (id) => {
    document.querySelectorAll(".now").forEach((one) => one.classList.remove("now"));
    for (const place of [document.getElementById("t-" + id), document.getElementById("e-" + id)]) {
      if (!place) continue;
      place.classList.add("now");
      const frame = place.closest(".original");
      frame.scrollTop += place.getBoundingClientRect().top - frame.getBoundingClientRect().top - frame.clientHeight / 3;
    }
  };
  document.addEventListener("click", (event) => {
    const one = event.target.closest("[data-entry]");
    if (!one) return;
    event.preventDefault();
    history.replaceState(null, "", "#t-" + one.dataset.entry);
    show(one.dataset.entry);
  });
  const named = /^#t-([\w-]+)$/.exec(location.hash);
  if (named) show(named[1]);
})();

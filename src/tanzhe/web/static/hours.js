// A year of hours as one picture: a column a day, a row an hour, read by pointer or arrows.
"use strict";
(() => {
  const canvas = document.getElementById("match");
  const { days, cells, months, covered, unknown } = JSON.parse(document.getElementById("match-data").textContent);
  const reading = document.getElementById("match-reading");
  let at = [0, 0];
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  function draw() {
    const steps = [1, 2, 3, 4, 5, 6].map((step) => token(`--match${step}`));
    canvas.width = days.length;
    canvas.height = 24;
    const pen = canvas.getContext("2d");
    cells.forEach((day, x) => day.forEach((share, y) => {
      pen.fillStyle = share < 0 ? token("--sunk") : steps[Math.min(5, Math.round(share / 20))];
      pen.fillRect(x, y, 1, 1);
    }));
  }
  // As wide as its days; named where it has room.
  const feet = document.getElementById("match-months");
  for (const [name, count] of months) {
    const foot = document.createElement("span");
    foot.style.flexGrow = count;
    foot.textContent = count * 12 >= days.length * 0.5 ? name : "";
    feet.append(foot);
  }
  function tell() {
    const share = cells[at[0]][at[1]];
    reading.textContent = `${days[at[0]]} ${at[1]}:00 ${covered} ${share < 0 ? unknown : share + "%"}`;
  }
  const inside = (value, most) => Math.max(0, Math.min(most - 1, value));
  canvas.addEventListener("pointermove", (event) => {
    const box = canvas.getBoundingClientRect();
    at = [inside(Math.floor((event.clientX - box.left) / box.width * days.length), days.length),
          inside(Math.floor((event.clientY - box.top) / box.height * 24), 24)];
    tell();
  });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    at = [inside(at[0] + step[0], days.length), inside(at[1] + step[1], 24)];
    tell();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  draw();
})();

// The pictures: ECharts draws, this file says what. All words come from the server; colours are the
// page's tokens, read anew when the theme changes. Tooltips are rich text (no HTML, no styles).
"use strict";

const FONT = '"Noto Sans SC","Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif';
const LANE = 24, RADIUS = 10;
const plots = new Map();

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const number = (value) => {
  if (value === null || value === undefined) return null;
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits).replace("-", "−");
};
const percent = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(Math.abs(value) >= 10 ? 0 : 1)}%`;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const textWidth = (text, size = 13) => [...text].reduce((sum, c) => sum + (c.codePointAt(0) > 0x2e7f ? size : size * 0.6), 0);

// Years below the plot: the first period of each, as many as have room.
function yearTicks(chart, from, to, width) {
  const starts = [];
  for (let at = from; at <= to; at += 1) {
    if (at === from || chart.periods[at].slice(0, 4) !== chart.periods[at - 1].slice(0, 4)) starts.push(at);
  }
  if (starts.length > 1 && starts[1] - starts[0] < 3) starts.shift();
  const every = Math.ceil(starts.length * 46 / Math.max(width, 46));
  return new Set(starts.filter((_, n) => n % every === 0));
}

function xAxis(chart, from, to, width) {
  const months = to - from < 30;
  const ticks = months ? null : yearTicks(chart, from, to, width);
  const every = Math.ceil((to - from + 1) * 62 / Math.max(width, 62));
  // ECharts counts positions of a shortened axis in its own way: the period itself is sure.
  const position = new Map(chart.periods.map((period, at) => [period, at]));
  return {
    type: "category", data: chart.periods, min: from, max: to,
    axisLine: { lineStyle: { color: colour("rule2") } }, axisTick: { show: false },
    axisLabel: {
      // So far below that the first year and the zero beside it do not touch.
      color: colour("ink2"), fontSize: 13, fontFamily: FONT, hideOverlap: true, margin: 13,
      interval: (_, value) => (months ? (position.get(value) - from) % every === 0 : ticks.has(position.get(value))),
      formatter: (value) => (months ? chart.shorts[position.get(value)] : value.slice(0, 4)),
    },
    axisPointer: { show: true, type: "line", lineStyle: { color: colour("ink2"), type: "dashed" }, label: { show: false } },
  };
}

function yAxis(small = false) {
  return {
    type: "value", min: (range) => Math.min(0, range.min), splitNumber: small ? 3 : 5, axisLine: { show: false }, axisTick: { show: false },
    splitLine: { lineStyle: { color: colour("rule") } },
    axisLabel: { color: colour("ink2"), fontSize: 13, fontFamily: FONT },
  };
}

function tooltip(lines) {
  return {
    trigger: "axis", renderMode: "richText", confine: true, transitionDuration: 0,
    backgroundColor: colour("surface"), borderColor: colour("rule2"), borderWidth: 1, padding: [8, 12],
    textStyle: { color: colour("ink"), fontFamily: FONT, fontSize: 13, lineHeight: 21 },
    formatter: (given) => {
      const at = (Array.isArray(given) ? given[0] : given).dataIndex;
      const [head, ...rest] = lines(at);
      return [`{b|${head}}`, ...rest].join("\n");
    },
  };
}

const rich = () => ({ b: { fontWeight: 700, color: colour("ink"), fontFamily: FONT, fontSize: 13, lineHeight: 21 } });
const base = () => ({ animation: false, textStyle: { fontFamily: FONT }, aria: { enabled: false } });
const line = (values, style, extra = {}) => ({
  type: "line", data: values, symbol: "none", silent: true, connectNulls: false, lineStyle: style,
  itemStyle: { color: style.color }, emphasis: { disabled: true }, ...extra,
});

// Where numbers stand above the plot: badges first, never dropped; then words, the largest effect
// first: to the right, a lane up, only then to the left; never on another's badge, words or line.
function lanes(places, first, last) {
  const found = [];
  for (const place of places) {
    const x = Math.min(Math.max(place.x, first + RADIUS), last - RADIUS);
    const near = new Set(found.filter((one) => Math.abs(one.x - x) < LANE).map((one) => one.lane));
    let lane = 0;
    while (near.has(lane)) lane += 1;
    found.push({ x, lane, text: "", left: 0 });
  }
  const boxes = (one) => {
    const y = -one.lane * LANE, held = [[one.x - RADIUS, y - RADIUS, one.x + RADIUS, y + RADIUS]];
    if (one.text) held.push([one.left, y - 8, one.left + textWidth(one.text), y + 8]);
    return held;
  };
  const leader = (one) => [one.x - 1, -one.lane * LANE, one.x + 1, LANE];
  const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  // A badge above another of the same month stands on its line anyway: only words keep off that line.
  const apart = (a, b) => Math.abs(a.x - b.x) >= LANE;
  const hits = (a, b) => boxes(a).some((x, n) => boxes(b).some((y) => meet(x, y)) || ((n > 0 || apart(a, b)) && meet(x, leader(b))));
  const collide = (a, b) => hits(a, b) || hits(b, a);
  const order = places.map((_, n) => n).sort((a, b) => places[b].size - places[a].size);
  for (const at of order) {
    const { words } = places[at], { x, lane } = found[at];
    if (!words) continue;
    const right = x + RADIUS + 5, left = x - RADIUS - 5 - textWidth(words);
    for (const [up, from] of [[0, right], [1, right], [2, right], [0, left], [1, left], [2, left]]) {
      const tried = { x, lane: lane + up, text: words, left: from };
      const inside = from >= first && from + textWidth(words) <= last && tried.lane < 8;
      if (inside && !found.some((other, n) => n !== at && collide(tried, other))) { found[at] = tried; break; }
    }
  }
  return found;
}

function readingOf(chart, at) {
  const { words } = chart, said = [chart.names[at]];
  const actual = chart.actual[at];
  said.push(`${words.actual}  ${number(actual) ?? words.none}`);
  const expected = chart.expected?.[at];
  if (expected !== undefined && expected !== null) {
    const range = fill(words.range, { low: number(chart.low[at]), high: number(chart.high[at]) });
    said.push(`${words.expected}  ${number(expected)}${range}`);
    if (actual !== null && expected > 0) said.push(`${words.off}  ${percent(100 * (actual / expected - 1))}`);
  }
  for (const one of chart.episodes) {
    if (at >= one.first && at <= one.last) said.push(`${fill(words.episode, { n: one.number })} · ${one.shape}`);
  }
  return said;
}

function drawPath(plot) {
  const { chart, box } = plot, [from, to] = plot.window;
  const width = box.clientWidth, small = width < (chart.kind === "around" ? 460 : 700);
  const left = 44, right = 12, per = (width - left - right) / (to - from + 1);
  const x = (at) => left + (at - from + 0.5) * per;
  const seen = chart.episodes.filter((one) => one.last >= from && one.first <= to);
  const flags = chart.flags ?? [];
  const spots = (chart.kind === "around" ? flags.filter((one) => one.at >= from && one.at <= to) : seen).map((one) => ({
    x: x(chart.kind === "around" ? one.at : one.lasting ? Math.max(one.first, from) : (Math.max(one.first, from) + Math.min(one.last, to)) / 2),
    words: small ? "" : one.words, size: one.size ?? 1, one,
  }));
  const placed = lanes(spots, 4, width - 4);
  const top = 20 + LANE * Math.max(0, ...placed.map((one) => one.lane + 1));
  const tint = { low: colour("low"), high: colour("high") };
  const high = chart.high?.map((value, at) => (value === null ? null : value - chart.low[at]));
  const series = [];
  if (chart.low) {
    series.push(line(chart.low, { opacity: 0, color: colour("band") }, { stack: "band" }));
    series.push(line(high, { opacity: 0, color: colour("band") }, { stack: "band", areaStyle: { color: colour("band"), opacity: 1 } }));
    series.push(line(chart.expected, { color: colour("expect"), width: 1.5, type: [5, 4] }));
  }
  const loose = chart.provisional;
  const sure = loose === null || loose === undefined ? chart.actual : chart.actual.map((v, at) => (at < loose ? v : null));
  series.push(line(sure, { color: colour("series"), width: 2 }, {
    markArea: {
      silent: true,
      data: [
        ...seen.map((one) => [
          { xAxis: Math.max(one.first, from), itemStyle: { color: tint[one.way], opacity: one.lasting ? 0.08 : 0.13 } },
          { xAxis: Math.min(one.last, to) },
        ]),
        ...chart.faults.filter((one) => one.last >= from && one.first <= to).map((one) => [
          { xAxis: Math.max(one.first, from), itemStyle: { color: colour("data"), opacity: 0.16, borderColor: colour("data"), borderWidth: 1, borderType: "dashed" } },
          { xAxis: Math.min(one.last, to) },
        ]),
      ],
    },
  }));
  if (loose !== null && loose !== undefined) {
    series.push(line(chart.actual.map((v, at) => (at >= loose - 1 ? v : null)), { color: colour("series"), width: 2, type: [2, 4] }));
  }
  series.push({
    type: "scatter", silent: true, z: 5,
    data: seen.filter((one) => one.deepest >= from && one.deepest <= to && chart.actual[one.deepest] !== null).map((one) => ({
      value: [one.deepest, chart.actual[one.deepest]], symbol: "triangle", symbolSize: 10,
      symbolRotate: one.way === "low" ? 180 : 0, symbolOffset: [0, one.way === "low" ? 11 : -11], itemStyle: { color: tint[one.way], opacity: 1 },
    })),
  });
  plot.draw({
    ...base(), grid: { left, right, top, bottom: 34 }, xAxis: xAxis(chart, from, to, width - left - right),
    yAxis: yAxis(), series,
    tooltip: { ...tooltip((at) => readingOf(chart, at)), textStyle: { ...tooltip(() => []).textStyle, rich: rich() } },
    graphic: placed.flatMap((one, n) => badge(plot, one, spots[n].one, top, tint)),
  });
  plot.geometry = { left, right, per, from, to, top };
}

// A number above the plot, or the flag of an event: with a line down to the plot.
function badge(plot, at, one, top, tint) {
  const y = top - 12 - at.lane * LANE, flag = plot.chart.kind === "around";
  const stroke = flag ? colour("ink2") : tint[one.way];
  const down = flag ? plot.box.clientHeight - 34 : top;
  const open = one.address ? () => { location.href = one.address; } : undefined;
  const shape = flag || one.shared
    ? { type: "rect", shape: { x: at.x - 9.5, y: y - 9.5, width: 19, height: 19, r: flag ? 4 : 2 } }
    : { type: "circle", shape: { cx: at.x, cy: y, r: RADIUS } };
  const style = flag
    ? { fill: colour("surface"), stroke, lineWidth: 1.5, lineDash: one.lead ? [3, 3] : null }
    : { fill: stroke };
  const drawn = [
    { type: "line", silent: true, shape: { x1: at.x, x2: at.x, y1: y + RADIUS, y2: down }, style: { stroke, lineWidth: 1, lineDash: flag ? [2, 3] : null }, z: flag ? 3 : 6 },
    { ...shape, style, z: 7, cursor: open ? "pointer" : "default", onclick: open },
    { type: "text", silent: true, x: at.x, y, style: { text: String(one.number ?? one.letter), fill: flag ? colour("ink") : colour("surface"), font: `700 12px ${FONT}`, align: "center", verticalAlign: "middle" }, z: 8 },
  ];
  if (at.text) {
    drawn.push({ type: "text", silent: !open, x: at.left, y, onclick: open, cursor: open ? "pointer" : "default", style: { text: at.text, fill: colour("ink"), font: `500 13px ${FONT}`, verticalAlign: "middle" }, z: 8 });
  }
  return drawn;
}

function drawSums(plot) {
  const { chart, box } = plot, [from, to] = plot.window, width = box.clientWidth;
  const top = chart.peak.at, value = chart.actual[top], last = chart.last;
  // The words stand above the peak, inside the plot; with the month in figures where there is little room.
  const left = 50, right = 18, x = left + (width - left - right) * (top - from + 0.5) / (to - from + 1);
  const words = textWidth(chart.peak.words) < width - left - right ? chart.peak.words : chart.peak.short;
  const begin = Math.max(left + 4, Math.min(x - textWidth(words) / 2, width - right - textWidth(words)));
  plot.draw({
    ...base(), grid: { left, right, top: 40, bottom: 34 }, xAxis: xAxis(chart, from, to, width - left - right), yAxis: yAxis(),
    tooltip: { ...tooltip((at) => [fill(chart.words.total, { month: chart.names[at] }), `${chart.words.sum}  ${number(chart.actual[at]) ?? chart.words.none}`]), textStyle: { ...tooltip(() => []).textStyle, rich: rich() } },
    series: [line(chart.actual, { color: colour("series"), width: 2 }), {
      type: "line", silent: true, symbol: "none", data: chart.actual.map((_, at) => (at >= top && at <= last ? value : null)),
      lineStyle: { color: colour("high"), width: 1, type: [2, 3] },
    }, {
      type: "scatter", silent: true, z: 5, data: [
        { value: [top, value], symbol: "diamond", symbolSize: 13, itemStyle: { color: colour("high") }, label: { show: true, formatter: words, position: "top", align: "left", offset: [begin - x, 0], color: colour("ink"), fontFamily: FONT, fontSize: 13, distance: 8 } },
        ...(last === top ? [] : [{ value: [last, chart.actual[last]], symbol: "circle", symbolSize: 8, itemStyle: { color: colour("series") }, label: { show: true, formatter: number(chart.actual[last]), position: "bottom", align: "right", offset: [right - 4, 0], color: colour("ink"), fontFamily: FONT, fontSize: 13, distance: 6 } }]),
      ],
    }],
  });
}

function drawSmall(plot) {
  const { chart, box } = plot, [from, to] = plot.window, tint = { low: colour("low"), high: colour("high") };
  plot.draw({
    ...base(), grid: { left: 40, right: 6, top: 10, bottom: 32 }, xAxis: xAxis(chart, from, to, (box.clientWidth - 46) * 0.7), yAxis: yAxis(true),
    tooltip: { ...tooltip((at) => [chart.names[at], `${chart.name}  ${number(chart.actual[at]) ?? chart.words.none}`]), textStyle: { ...tooltip(() => []).textStyle, rich: rich() } },
    series: [line(chart.actual, { color: colour("series"), width: 1.5 }, {
      markArea: { silent: true, data: chart.shades.map((one) => [{ xAxis: one.first, itemStyle: { color: tint[one.way], opacity: 0.13 } }, { xAxis: one.last }]) },
    })],
  });
}

// At most four: style and marker differ, not colour alone; named at the end, apart from each other.
const STYLES = [
  ["series", "solid", "rect"], ["high", "solid", "circle"], ["low", [2, 3], "diamond"], ["data", [6, 3], "triangle"],
];

function drawLines(plot) {
  const { chart, box } = plot, [from, to] = plot.window, width = box.clientWidth;
  const ends = chart.lines.map((one, n) => ({ n, value: one.values.findLast((v) => v !== null) }));
  const said = (value) => (chart.index ? String(Math.round(value)) : number(value));
  const names = chart.lines.map((one, n) => `${one.name} ${said(ends[n].value)}`);
  const room = Math.max(...names.map((one) => textWidth(one, 14))) + 16;
  const highest = Math.max(...chart.lines.flatMap((one) => one.values.filter((v) => v !== null)));
  const plotHeight = box.clientHeight - 52, y = (value) => plotHeight * (1 - value / (highest * 1.08));
  const shift = new Map();
  let before = -Infinity;
  for (const one of [...ends].sort((a, b) => b.value - a.value)) {
    const wanted = y(one.value), at = Math.max(wanted, before + 18);
    shift.set(one.n, at - wanted);
    before = at;
  }
  plot.draw({
    ...base(), grid: { left: 50, right: room, top: 16, bottom: 34 }, xAxis: xAxis(chart, from, to, width - 50 - room), yAxis: yAxis(),
    tooltip: { ...tooltip((at) => [chart.names[at], ...chart.lines.map((one) => `${one.name}  ${number(one.values[at]) ?? chart.words.none}`)]), textStyle: { ...tooltip(() => []).textStyle, rich: rich() } },
    series: chart.lines.flatMap((one, n) => {
      const [name, type, symbol] = STYLES[n], last = one.values.findLastIndex((v) => v !== null);
      const drawn = line(one.values, { color: colour(name), width: 2, type });
      if (chart.index && n === 0) drawn.markLine = { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: colour("rule2"), type: [2, 3], width: 1 }, data: [{ yAxis: 100 }] };
      return [drawn, {
        type: "scatter", silent: true, symbol, symbolSize: 8, itemStyle: { color: colour(name), opacity: 1 },
        data: one.values.map((v, at) => [at, v]).filter(([at, v]) => v !== null && (at === last || (at - from) % 22 === 10)).map(([at, v]) => ({
          value: [at, v],
          ...(at === last ? { label: { show: true, position: "right", formatter: names[n], color: colour(name), fontFamily: FONT, fontSize: 14, fontWeight: 700, offset: [0, shift.get(n)] } } : {}),
        })),
      }];
    }),
  });
}

const DRAW = { path: drawPath, around: drawPath, sums: drawSums, small: drawSmall, lines: drawLines };

class Plot {
  constructor(box) {
    this.box = box;
    this.chart = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    this.window = this.chart.window ?? [0, this.chart.periods.length - 1];
    this.at = null;
    this.reading = document.getElementById(`${box.id}-reading`);
    this.instance = echarts.init(box, null, { renderer: "svg" });
    this.redraw();
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("blur", () => this.leave());
    this.instance.on("updateAxisPointer", (event) => {
      const axis = event.axesInfo?.[0];
      if (axis) this.told(axis.value);
    });
    if (this.chart.kind === "path") this.brush();
  }

  draw(option) { this.instance.setOption(option, { notMerge: true }); }

  redraw() {
    this.instance.resize();
    DRAW[this.chart.kind](this);
    this.box.querySelector("svg")?.setAttribute("aria-hidden", "true");
    this.box.dataset.drawn = "true";
  }

  lines(at) {
    if (this.chart.kind === "lines") return [this.chart.names[at], ...this.chart.lines.map((one) => `${one.name} ${number(one.values[at]) ?? this.chart.words.none}`)];
    if (this.chart.kind === "sums") return [this.chart.names[at], `${this.chart.words.sum} ${number(this.chart.actual[at]) ?? this.chart.words.none}`];
    if (this.chart.kind === "small") return [this.chart.names[at], `${this.chart.name} ${number(this.chart.actual[at]) ?? this.chart.words.none}`];
    return readingOf(this.chart, at);
  }

  told(at) {
    this.at = at;
    if (this.reading) this.reading.textContent = this.lines(at).join(" · ");
  }

  show(at) {
    const [from, to] = this.window;
    this.at = Math.min(Math.max(at, from), to);
    // The first line of a picture may be a band's edge: any series has the period.
    this.instance.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: this.at });
    this.told(this.at);
    document.getElementById("live").textContent = this.lines(this.at).join(", ");
  }

  leave() { this.instance.dispatchAction({ type: "hideTip" }); }

  episode(step) {
    const held = this.chart.episodes ?? [];
    if (!held.length) return;
    const now = this.at ?? (step > 0 ? -1 : Infinity);
    const next = step > 0 ? held.find((one) => one.deepest > now) ?? held[0] : held.findLast((one) => one.deepest < now) ?? held.at(-1);
    this.show(next.deepest);
  }

  key(event) {
    const [from, to] = this.window, start = this.at ?? (event.key === "ArrowLeft" ? to + 1 : from - 1);
    const moves = { ArrowRight: start + 1, ArrowLeft: start - 1, Home: from, End: to };
    if (event.key in moves) this.show(moves[event.key]);
    else if (event.key === "]") this.episode(1);
    else if (event.key === "[") this.episode(-1);
    else if (event.key === "Escape") this.leave();
    else if (event.key === "Enter") {
      const one = (this.chart.episodes ?? []).find((each) => this.at !== null && this.at >= each.first && this.at <= each.last);
      if (one) location.href = one.address;
    } else return;
    event.preventDefault();
  }

  // Dragging over the plot asks for that span; the address carries it.
  brush() {
    let begun = null, veil = null;
    const at = (event) => {
      const { left, per, from, to } = this.geometry;
      return Math.min(Math.max(from + Math.floor((event.clientX - this.box.getBoundingClientRect().left - left) / per), from), to);
    };
    this.box.addEventListener("pointerdown", (event) => {
      const y = event.clientY - this.box.getBoundingClientRect().top;
      if (event.pointerType === "mouse" && event.button === 0 && y > this.geometry.top) begun = at(event);
    });
    addEventListener("pointerup", (event) => {
      if (begun === null) return;
      const ended = at(event), [first, last] = [Math.min(begun, ended), Math.max(begun, ended)];
      begun = null;
      veil?.remove();
      veil = null;
      if (last - first < 3) return;
      const there = new URL(location.href);
      there.searchParams.set("since", this.chart.periods[first].slice(0, 7));
      there.searchParams.set("until", this.chart.periods[last].slice(0, 7));
      location.href = there.href;
    });
    this.box.addEventListener("pointermove", (event) => {
      if (begun === null) return;
      const { left, per, from, top } = this.geometry, ended = at(event);
      if (!veil) {
        veil = document.createElement("div");
        veil.className = "veil";
        this.box.append(veil);
      }
      veil.style.left = `${left + (Math.min(begun, ended) - from) * per}px`;
      veil.style.width = `${(Math.abs(ended - begun) + 1) * per}px`;
      veil.style.top = `${top}px`;
    });
  }
}

function drawAll() {
  for (const box of document.querySelectorAll("[data-chart]")) {
    if (!plots.has(box)) plots.set(box, new Plot(box));
  }
}

let waiting;
const again = () => { clearTimeout(waiting); waiting = setTimeout(() => plots.forEach((plot) => plot.redraw()), 120); };
addEventListener("resize", again);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
addEventListener("beforeprint", () => plots.forEach((plot) => plot.redraw()));
drawAll();

// The picture of a histogram on a canvas; Chart.js is loaded with the first one.
import { language } from "./messages.js";
import { duration, number } from "./format.js";

let library = null;

/** Chart.js puts itself into the page as `Chart`, also where it is imported as a module. */
function load() {
  library ??= import("../vendor/chart.js").then(() => globalThis.Chart);
  library.catch(() => (library = null));
  return library;
}

/** Draws into the canvas, or anew into the chart that stands there. `marks` are `[name, nanos]`, `tell` names a bucket in the tip. */
export async function draw(canvas, buckets, marks, tell) {
  const Chart = await load();
  if (!canvas.isConnected) {
    return;
  }
  const chart = Chart.getChart(canvas) ?? new Chart(canvas, { type: "bar", data: { datasets: [{}] }, plugins: [percentiles] });
  const colours = coloursOf(canvas);
  chart.data.datasets[0] = datasetOf(buckets, colours);
  chart.options = optionsOf(buckets, colours, tell, getComputedStyle(canvas).fontFamily);
  chart.$marks = { marks, colours };
  chart.update("none");
}

/** Lets go of a canvas that leaves the page. */
export const forget = (canvas) => globalThis.Chart?.getChart(canvas)?.destroy();

/** The colours of the theme that shows now: tokens are only resolved where they are used. */
function coloursOf(canvas) {
  const colour = (token) => {
    canvas.style.color = `var(${token})`;
    return getComputedStyle(canvas).color;
  };
  const colours = { bar: colour("--in-line"), barOver: colour("--accent"), line: colour("--line"), mark: colour("--text-soft"), soft: colour("--text-soft"), text: colour("--text"), panel: colour("--panel") };
  canvas.style.removeProperty("color");
  return colours;
}

const datasetOf = (buckets, colours) => ({
  data: buckets.map(({ fromNanos, toNanos, count }) => ({ x: Math.sqrt(Math.max(1, fromNanos) * toNanos), y: count || null })),
  backgroundColor: colours.bar,
  hoverBackgroundColor: colours.barOver,
  barPercentage: 1,
  categoryPercentage: 0.9,
  minBarLength: 2,
});

function optionsOf(buckets, colours, tell, family) {
  const font = { family, size: 11 };
  const ticks = { color: colours.soft, font, maxRotation: 0 };
  return {
    locale: language,
    animation: false,
    maintainAspectRatio: false,
    layout: { padding: { top: 18 } },
    interaction: { mode: "nearest", axis: "x", intersect: false },
    scales: {
      x: {
        type: "logarithmic",
        offset: false,
        min: Math.max(1, buckets[0].fromNanos),
        max: buckets.at(-1).toNanos,
        grid: { color: colours.line, offset: false },
        border: { color: colours.line },
        afterBuildTicks: (axis) => (axis.ticks = rounded(axis)),
        ticks: { ...ticks, autoSkipPadding: 12, callback: (value) => duration(value) },
      },
      y: { beginAtZero: true, grid: { color: colours.line }, border: { display: false }, ticks: { ...ticks, precision: 0, maxTicksLimit: 6, callback: (value) => number(value) } },
    },
    plugins: {
      legend: { display: false },
      tooltip: {
        displayColors: false,
        backgroundColor: colours.panel,
        borderColor: colours.soft,
        borderWidth: 1,
        titleColor: colours.text,
        bodyColor: colours.text,
        titleFont: font,
        bodyFont: font,
        callbacks: { title: () => "", label: ({ dataIndex }) => tell(buckets[dataIndex]) },
      },
    },
  };
}

/** 1, 2 and 5 of each power of ten; where that leaves fewer than two, every one. */
function rounded({ min, max }) {
  const values = [];
  for (let power = 10 ** Math.floor(Math.log10(min)); power <= max; power *= 10) {
    values.push(...[1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => digit * power));
  }
  const inside = values.filter((value) => value >= min && value <= max);
  const round = inside.filter((value) => /^[125]0*$/.test(String(Math.round(value))));
  return (round.length >= 2 ? round : inside).map((value) => ({ value }));
}

/** Where the percentiles stand, above the bars; a name that would touch the one before it is left out. */
const percentiles = {
  id: "percentiles",
  afterDatasetsDraw(chart) {
    const { ctx, chartArea: area, scales } = chart;
    const { marks, colours } = chart.$marks ?? { marks: [] };
    let free = area.left;
    ctx.save();
    for (const [name, nanos] of marks) {
      const x = scales.x.getPixelForValue(nanos);
      ctx.strokeStyle = ctx.fillStyle = colours.mark;
      ctx.setLineDash([3, 3]);
      ctx.beginPath();
      ctx.moveTo(x, area.top);
      ctx.lineTo(x, area.bottom);
      ctx.stroke();
      ctx.font = `11px ${chart.options.scales.x.ticks.font.family}`;
      const width = ctx.measureText(name).width;
      const left = Math.min(x - width / 2, area.right - width);
      if (left >= free) {
        ctx.fillText(name, left, area.top - 6);
        free = left + width + 6;
      }
    }
    ctx.restore();
  },
};

// Draws series and figures from the data beside them, and again when these change. Without this file the tables say the same.
(() => {
  'use strict';

  if (!window.echarts) {
    return;
  }

  const look = getComputedStyle(document.documentElement);
  const colour = name => look.getPropertyValue(`--${name}`).trim();
  const plots = new Map();

  const series = data => data.line
    ? [{ type: 'line', data: data.line, symbolSize: 6, lineStyle: { width: 2, color: colour('accent') }, itemStyle: { color: colour('accent') } }]
    : data.bars.map(bar => ({ type: 'bar', stack: 'all', barMaxWidth: 40, data: bar.values, itemStyle: { color: colour(bar.colour) } }));

  const options = data => ({
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 48, right: 12, top: 12, bottom: 28 },
    xAxis: { type: 'category', data: data.days },
    yAxis: { type: 'value', minInterval: 1 },
    series: series(data),
  });

  const begin = box => {
    box.hidden = false;
    const plot = { chart: window.echarts.init(box), drawn: null };
    plots.set(box, plot);
    return plot;
  };

  // A box that went takes its drawing along; one whose figures stayed is left as it is.
  const draw = () => {
    for (const [box, plot] of plots) {
      if (!box.isConnected) {
        plot.chart.dispose();
        plots.delete(box);
      }
    }

    for (const box of document.querySelectorAll('[data-plot]')) {
      const plot = plots.get(box) ?? begin(box);
      if (plot.drawn !== box.dataset.plot) {
        plot.drawn = box.dataset.plot;
        plot.chart.setOption(options(JSON.parse(plot.drawn)), true);
      }
    }
  };

  draw();
  document.addEventListener('live:after', draw);
  window.addEventListener('resize', () => plots.forEach(plot => plot.chart.resize()));
})();

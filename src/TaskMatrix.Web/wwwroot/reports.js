// Draws the series of daily reports from the data beside them. Without this file the tables say the same.
(() => {
  'use strict';

  const look = getComputedStyle(document.documentElement);
  const colour = name => look.getPropertyValue(`--${name}`).trim();

  const series = data => data.line
    ? [{ type: 'line', data: data.line, symbolSize: 6, lineStyle: { width: 2, color: colour('accent') }, itemStyle: { color: colour('accent') } }]
    : data.bars.map(bar => ({ type: 'bar', stack: 'all', barMaxWidth: 40, data: bar.values, itemStyle: { color: colour(bar.colour) } }));

  const plots = [];
  for (const box of window.echarts ? document.querySelectorAll('[data-plot]') : []) {
    const data = JSON.parse(box.dataset.plot);
    box.hidden = false;
    const plot = window.echarts.init(box);
    plot.setOption({
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 48, right: 12, top: 12, bottom: 28 },
      xAxis: { type: 'category', data: data.days },
      yAxis: { type: 'value', minInterval: 1 },
      series: series(data),
    });
    plots.push(plot);
  }

  window.addEventListener('resize', () => plots.forEach(plot => plot.resize()));
})();

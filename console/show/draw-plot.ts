import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { withDays } from './days.ts';
import type { PlotData } from './plot.tsx';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

// Each stands out from its ground, and from its neighbours also for who sees few colours.
const palettes = {
  light: ['#364fc7', '#e8890c', '#12805c', '#c2255c', '#5f3dc4', '#5b6472'],
  dark: ['#91a7ff', '#ffb454', '#4fd1a5', '#faa2c1', '#b197fc', '#a0a7b4'],
};

/** What lies below the band, unseen, and the band upon it. */
function groundOf({ name, values }: NonNullable<PlotData['band']>, color: string) {
  const ground = { type: 'line' as const, stack: 'band', symbol: 'none', lineStyle: { opacity: 0 }, tooltip: { show: false } };
  return [
    { ...ground, data: values.map(([low]) => low) },
    { ...ground, name, color, areaStyle: { opacity: 0.18 }, data: values.map(([low, high]) => high - low) },
  ];
}

/** Draws into the element, follows its width, and gives back how to end it. */
export function drawPlot(
  element: HTMLElement,
  { kind, stacked, categories, series, band, unit }: PlotData,
  dark: boolean,
): () => void {
  const plot = init(element, null, { renderer: 'svg' });
  const faint = dark ? '#a0a7b4' : '#5b6472';
  const line = dark ? '#2b2e36' : '#e6e8ec';
  const text = { color: faint, fontFamily: "'Inter Variable', system-ui, sans-serif", fontSize: 11 };
  plot.setOption({
    animation: false,
    color: palettes[dark ? 'dark' : 'light'],
    textStyle: text,
    grid: { left: 8, right: 12, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 8, textStyle: text },
    tooltip: {
      trigger: 'axis',
      backgroundColor: dark ? '#1a1c22' : '#ffffff',
      borderColor: line,
      textStyle: { ...text, color: dark ? '#e9ecef' : '#1a1c22' },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? `${value.toLocaleString('en')} ${unit}` : '–'),
    },
    xAxis: {
      type: 'category',
      data: categories.map(withDays),
      axisLabel: { ...text, margin: 12 },
      axisLine: { lineStyle: { color: line } },
    },
    yAxis: {
      type: 'value',
      axisLabel: text,
      splitLine: { lineStyle: { color: line } },
      // Where all of it is nothing, the axis would go from 0 to 1.
      max: ({ max }: { max: number }) => (max > 0 ? null : 100),
    },
    series: [
      ...series.map(({ name, values }) => ({
        name,
        type: kind,
        data: [...values],
        ...(stacked && { stack: 'all' }),
        ...(kind === 'line' && { symbolSize: 6 }),
        barMaxWidth: 36,
      })),
      ...(band ? groundOf(band, faint) : []),
    ],
  });
  const follow = new ResizeObserver(() => {
    plot.resize();
    // On a phone more than three names take a second line.
    plot.setOption({ grid: { top: element.clientWidth < 480 && series.length > 3 ? 52 : 34 } });
  });
  follow.observe(element);
  return () => {
    follow.disconnect();
    plot.dispose();
  };
}

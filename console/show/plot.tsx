import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';

export interface PlotData {
  /** What it shows, for who cannot see it; the figures stand in the table beside it. */
  label: string;
  kind: 'line' | 'bar';
  stacked?: true;
  /** A day, '2026-11-29', is written as people write it. */
  categories: readonly string[];
  series: readonly { name: string; values: readonly (number | null)[] }[];
  /** From the first to the second of each pair, as a ground behind the lines. */
  band?: { name: string; values: readonly (readonly [number, number])[] };
  unit: string;
}

/** A plot, whose library is loaded when the first one is shown. Its figures are always in a table too. */
export function Plot(props: PlotData) {
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  const data = JSON.stringify(props);
  useEffect(() => {
    let end: (() => void) | undefined;
    let gone = false;
    void import('./draw-plot.ts').then(({ drawPlot }) => {
      if (!gone && place.current) end = drawPlot(place.current, JSON.parse(data) as PlotData, scheme === 'dark');
    });
    return () => {
      gone = true;
      end?.();
    };
  }, [data, scheme]);
  return <div ref={place} role="img" aria-label={props.label} className="plot" />;
}

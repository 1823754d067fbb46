import { createTheme } from '@mantine/core';

const inter = "'Inter Variable', system-ui, sans-serif";

/** Calm and dense: small type, thin lines, one accent. */
export const theme = createTheme({
  fontFamily: inter,
  headings: { fontFamily: inter, fontWeight: '600', sizes: { h1: { fontSize: '1.25rem' }, h2: { fontSize: '0.95rem' } } },
  primaryColor: 'indigo',
  // The darker shade on white, the lighter on black: both are legible at the size of text (WCAG 1.4.3).
  primaryShade: { light: 7, dark: 8 },
  defaultRadius: 'md',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem' },
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
});

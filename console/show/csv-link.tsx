import { Button } from '@mantine/core';

interface CsvLinkProps {
  /** The API's own CSV of what is shown. */
  href: string;
  /** At the right end of its line. */
  ml?: 'auto';
}

/** Saves what is shown as a file. */
export const CsvLink = ({ href, ...place }: CsvLinkProps) => (
  <Button component="a" href={href} download variant="default" size="compact-sm" {...place}>
    Export CSV
  </Button>
);

import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMay } from '../session/session.tsx';

/** Leads to the import of one kind of file, for who may take such a file in. */
export function ImportLink({ kind }: { kind: 'customers' | 'products' | 'prices' }) {
  if (!useMay(`POST /v1/imports/${kind}`)) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      renderRoot={(props: object) => <Link {...props} to="/imports/new" search={{ kind }} />}
    >
      Import {kind}
    </Button>
  );
}

import { useClipboard } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { Check, Copy } from 'lucide-react';

/** An id that can be copied, and leads to its record where there is a page for it. */
export function Identifier({ id, to }: { id: string; to?: string | undefined }) {
  const { copy, copied } = useClipboard({ timeout: 1_200 });
  const Icon = copied ? Check : Copy;
  return (
    <span className="identifier digits">
      {to ? (
        <Link to={to} className="plain">
          {id}
        </Link>
      ) : (
        <span>{id}</span>
      )}
      <button type="button" aria-label={copied ? `Copied ${id}` : `Copy ${id}`} onClick={() => copy(id)}>
        <Icon size={13} aria-hidden />
      </button>
    </span>
  );
}

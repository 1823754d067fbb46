import { Problem } from '../api/client.ts';
import { Faults } from '../shell/toasts.tsx';

/**
 * Why what a form sent was refused, above its button. `status`: the form is asked about as it is written, and nobody is
 * interrupted.
 */
export function Refused({ error, role = 'alert' }: { error: Error | null; role?: 'alert' | 'status' }) {
  if (!error) return null;
  return (
    <div role={role} className="panel refused">
      {error instanceof Problem ? <Faults problem={error} /> : String(error)}
    </div>
  );
}

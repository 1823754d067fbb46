import type { ReactNode } from 'react';

/** Something that must not be overlooked. `alert`: it has just happened, and is read out. */
export function Notice({
  tone,
  title,
  alert,
  children,
}: {
  tone: 'good' | 'warn' | 'bad';
  title: string;
  alert?: true;
  children: ReactNode;
}) {
  return (
    <div className="panel notice" data-tone={tone} role={alert ? 'alert' : undefined}>
      <b>{title}</b>
      <div>{children}</div>
    </div>
  );
}

const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** By the clock on the wall: on a local stack the company's may be days ahead of it. */
export function WallTime({ at }: { at: string }) {
  return (
    <time className="digits" dateTime={at}>
      {exact.format(new Date(at))}
    </time>
  );
}

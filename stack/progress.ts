const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMilliseconds = 100;
const plainLineSeconds = 10;
const longSeconds = 2;

/** Shows that a step is under way, what it is doing and for how long: a moving line on a terminal, a line now and then elsewhere. */
export async function step<Result>(title: string, work: (tell: (text: string) => void) => Promise<Result>): Promise<Result> {
  const { stdout } = process;
  const startedAt = Date.now();
  const elapsed = () => Math.floor((Date.now() - startedAt) / 1000);
  let detail = '';
  let frame = 0;
  let nextLineSeconds = longSeconds;
  const line = () => `${title}${detail && `: ${detail}`}`;
  const show = () => {
    if (stdout.isTTY) {
      const text = `${frames[frame++ % frames.length]} ${line()}${elapsed() >= longSeconds ? ` (${elapsed()} s)` : ''}`;
      stdout.write(`\r\x1b[2K${text.slice(0, (stdout.columns || 80) - 1)}`);
    } else if (elapsed() >= nextLineSeconds) {
      nextLineSeconds = elapsed() + plainLineSeconds;
      stdout.write(`… ${line()} (${elapsed()} s)\n`);
    }
  };
  const timer = setInterval(show, frameMilliseconds);
  const end = (mark: string) => {
    clearInterval(timer);
    stdout.write(`${stdout.isTTY ? '\r\x1b[2K' : ''}${mark} ${title}, ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
  };
  try {
    const result = await work((text) => {
      detail = text;
    });
    end('✓');
    return result;
  } catch (error) {
    end('✗');
    throw error;
  }
}

/** A line of its own, which does not tear the moving one. */
export function say(text: string): void {
  process.stdout.write(`${process.stdout.isTTY ? '\r\x1b[2K' : ''}${text}\n`);
}

// Ends the processes of a stack whose own process died without ending them itself: after SIGKILL or a crash nobody else would.
// It reads lines from its standard input, which closes by itself when the parent is gone:
//   add PID SIGNAL     a child has started and is stopped by this signal
//   remove PID         the parent has seen it end
//   directory PATH     a throwaway directory to delete once the children are gone
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const graceSeconds = 20;
const children = new Map();
const directories = [];

// A signal meant for the parent's terminal must not take the guardian away before it has done its work.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const [verb, subject, signal] = line.split('\t');
  if (verb === 'add') children.set(Number(subject), signal);
  if (verb === 'remove') children.delete(Number(subject));
  if (verb === 'directory') directories.push(subject);
}

// Last started, first stopped: the worker drains before Temporal goes, Temporal goes before its database.
for (const [pid, signal] of [...children].reverse()) {
  for (let waited = 0; send(pid, waited < graceSeconds * 1000 ? (waited === 0 ? signal : 0) : 'SIGKILL'); waited += 50)
    await sleep(50);
}
for (const directory of directories) rmSync(directory, { recursive: true, force: true });

function send(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';

/** Below a list of `usePages`: reads on, in words of its own; nothing once it has ended. */
export const More = ({ on, children }: { on: (() => void) | undefined; children: ReactNode }) =>
  on && (
    <Anchor component="button" type="button" onClick={on}>
      {children}
    </Anchor>
  );

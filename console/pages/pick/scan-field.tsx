import { TextInput } from '@mantine/core';
import { ScanBarcode } from 'lucide-react';
import { type FormEvent, useEffect, useRef } from 'react';

export interface Heard {
  text: string;
  isWrong: boolean;
}

/**
 * Takes what a scanner types. It has the focus again whenever nothing else has it, so that nobody has to tap before a scan;
 * whoever goes to another control by keyboard or finger stays there. It opens no keyboard on the screen, which would hide
 * half of the list.
 */
export function ScanField({ label, hear, heard }: { label: string; hear: (code: string) => void; heard: Heard | undefined }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const back = () => {
      const { activeElement } = document;
      // A page that was just opened has it as a whole, as one that is tapped beside its controls.
      if (activeElement === null || activeElement === document.body || activeElement.id === 'page')
        field.current?.focus({ preventScroll: true });
    };
    back();
    // After a tap on something that takes no focus, or whose button has gone, the body has it.
    const later = () => setTimeout(back, 50);
    addEventListener('focusout', later);
    addEventListener('click', later);
    return () => {
      removeEventListener('focusout', later);
      removeEventListener('click', later);
    };
  }, []);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = field.current?.value.trim() ?? '';
    if (field.current) field.current.value = '';
    if (code !== '') hear(code);
  };
  return (
    <form onSubmit={onSubmit}>
      <TextInput
        ref={field}
        size="lg"
        label={label}
        inputMode="none"
        autoComplete="off"
        spellCheck={false}
        leftSection={<ScanBarcode size={20} aria-hidden />}
      />
      <p className="heard" role={heard?.isWrong ? 'alert' : 'status'} data-wrong={heard?.isWrong || undefined}>
        {heard?.text ?? 'Ready to scan.'}
      </p>
    </form>
  );
}

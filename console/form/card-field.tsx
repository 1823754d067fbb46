import { Select, TextInput } from '@mantine/core';
import { useSession } from '../session/session.tsx';

/** A card by its token of the payment gateway, never its number; a local stack has cards to choose from. */
export function CardField({ name, error }: { name: string; error?: string | undefined }) {
  const { me } = useSession();
  if (!me.local)
    return (
      <TextInput
        name={name}
        label="Token of the card"
        description="From the payment gateway; never a card number."
        required
        error={error}
      />
    );
  return (
    <Select
      name={name}
      label="Card"
      description="Cards of the simulated payment gateway."
      required
      allowDeselect={false}
      defaultValue="pm_card_visa"
      data={[
        { value: 'pm_card_visa', label: 'Card that pays' },
        { value: 'pm_card_declined', label: 'Card that is declined' },
        { value: 'pm_card_insufficient-funds', label: 'Card without enough money' },
      ]}
      error={error}
    />
  );
}

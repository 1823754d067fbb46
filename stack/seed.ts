export interface SeedOptions {
  apiUrl: string;
  adminKey: string;
  progress: (text: string) => void;
}

/** Fills an empty company through the API. */
export async function seed(_options: SeedOptions): Promise<void> {}

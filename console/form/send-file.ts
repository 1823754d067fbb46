/** How a file is sent as it is, with the type that the browser knows it by; spread into the options of a request. */
export const asFile = (file: File) => ({
  // The contract calls its bytes a text; nothing is written around them.
  body: file as unknown as string,
  bodySerializer: (body: unknown) => body as File,
  headers: { 'Content-Type': file.type },
});

/** What the API takes as a document. */
export const documentTypes = 'application/pdf,image/png,image/jpeg';

// What `npm start` runs. Plain JavaScript without libraries, because at this moment none may be installed.
import { ensureDependencies } from './install.js';

await ensureDependencies();
const { register } = await import('tsx/esm/api');
register();
await import('./main.ts');

export const naiveTaskQueue = 'naive';

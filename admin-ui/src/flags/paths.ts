export const flagsPath = '/flags';

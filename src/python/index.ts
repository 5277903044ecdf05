export type * from './report';
export { analyzeFile, analyzeModule, getReady } from './explore/analyze';
export { keepParsed } from './evaluate/parsedFiles';

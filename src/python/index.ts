export type * from './report';
export { analyzeFile, analyzeModule, getReady } from './explore/analyze';

export type * from './report';
export { analyzeFile, analyzeModule } from './explore/analyze';

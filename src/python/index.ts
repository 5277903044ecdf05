export type * from './report';
export { analyzeModule } from './explore/analyze';

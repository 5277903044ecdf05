export type * from './report';
export { analyzeModule } from './explore/analyze';
export { originOf } from './explore/results';

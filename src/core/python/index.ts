export type * from './report';
export { analyzeModule } from './analyze';

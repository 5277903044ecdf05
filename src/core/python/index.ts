export type * from './report';
export { analyzeModule } from './analyze';
export { originOf } from './results';

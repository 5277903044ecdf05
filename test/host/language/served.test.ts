import { servedTests } from './served';

servedTests();

import { ownPort } from '../engine/port.web';
import { createReader, serve } from './reading';

serve(ownPort(), createReader());

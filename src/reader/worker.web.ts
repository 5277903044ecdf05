import { ownPort } from '../engine/port.web';
import { serve } from '../protocol/rpc';
import { createReader } from './handlers';

serve(ownPort(), createReader());

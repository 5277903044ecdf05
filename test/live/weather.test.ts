import { badWeather } from './badWeather';
import { PYTHON } from './debugged';

badWeather('1.8.22', PYTHON);

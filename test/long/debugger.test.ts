// A very old debugger: the same bad weather in it.
import { badWeather } from '../live/badWeather';

badWeather('1.5.1', process.env.TCI_LONG_DEBUGPY ?? '');

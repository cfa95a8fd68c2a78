export { simulate } from './simulate.ts';
export type {
  HttpAnswer,
  MediaKind,
  ScriptAction,
  ScriptActionKind,
  ScriptActionMap,
  SimulatedFlow,
  SimulationOptions,
} from './script.ts';
export type {
  Coverage,
  DialogueLine,
  SimulatedTrace,
  Simulation,
  SimulationProblem,
  StepVisits,
  Waiting,
} from './simulation.ts';

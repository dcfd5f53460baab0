/** Which processes are up, and what runs in them. */
import type { Changes } from '../verdicts/fold.ts';
import { own } from '../base/own.ts';
import { idleProcess } from './start.ts';
import type { ProcessView, TaskView, View } from './view.ts';

type Processes = View['processes'];

function change(processes: Processes, name: string, to: (process: ProcessView) => Partial<ProcessView>): Processes {
  const process = own(processes, name) ?? idleProcess;
  return { ...processes, [name]: { ...process, ...to(process) } };
}

const running = (tasks: readonly TaskView[]): Pick<ProcessView, 'task' | 'tasks'> => ({
  tasks,
  task: tasks.at(-1) ?? null,
});

/** Changes a running task; one whose start was not seen counts as started now. */
function changeTask(processes: Processes, name: string, task: string, to: Partial<TaskView>): Processes {
  return change(processes, name, ({ tasks }) => {
    const index = tasks.findIndex((other) => other.task === task);
    if (index >= 0) return running(tasks.with(index, { ...tasks[index]!, ...to }));
    return running([...tasks, { task, handler: '', effect: null, until: null, waiting: false, ...to }]);
  });
}

const up: Partial<ProcessView> = { up: true, downSince: null, restartAt: null };

export const processChanges: Changes<Processes, View> = {
  'task.started': (processes, { process, task, handler }) =>
    changeTask(processes, process, task, { handler, effect: null, until: null, waiting: false }),
  'effect.begun': (processes, { process, task, handler, effect, until }) =>
    changeTask(processes, process, task, { handler, effect, until, waiting: false }),
  'effect.waited': (processes, { process, task, effect }) =>
    changeTask(processes, process, task, { effect, until: null, waiting: true }),
  'task.ended': (processes, { process, task }) =>
    change(processes, process, ({ tasks }) => running(tasks.filter((other) => other.task !== task))),
  'process.crashed': (processes, { process, at, restartAt }) =>
    change(processes, process, ({ crashes }) => ({
      up: false,
      downSince: at,
      restartAt: restartAt ?? null,
      crashes: crashes + 1,
      ...running([]),
    })),
  'process.restarted': (processes, { process }) => change(processes, process, () => up),
  'process.slowed': (processes, { process, by }) => change(processes, process, () => ({ slowBy: by })),
  'bus.wentDown': (processes, { at, until }) =>
    change(processes, 'bus', () => ({ up: false, downSince: at, restartAt: until })),
  'bus.cameUp': (processes) => change(processes, 'bus', () => up),
};

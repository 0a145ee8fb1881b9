/** The demo's workflows: together they show every kind of step, and logs that grow while one looks. */

/** Some forty seconds, a line or two each second. */
const demo = `name: demo
docker_env: python:3.10
parallelism: 3
entry_points:
  prepare:
    parameters: {rows: 1200}
    command: |
      echo "reading {{rows}} rows"
      for i in 1 2 3 4 5 6; do echo "chunk $i of 6 read"; sleep 1; done
      echo "prepared {{rows}} rows"
  train:
    deps: prepare
    parameters: {rows: "{{prepare.rows}}", rate: "0.01"}
    env: {PF_JOB_QUEUE_NAME: train-queue, PF_JOB_FLAVOUR: flavour2}
    command: |
      echo "training on {{rows}} rows, learning rate {{rate}}"
      for epoch in $(seq 1 20); do echo "epoch $epoch of 20"; sleep 1; done
      echo "model saved"
  evaluate:
    deps: train
    loop_argument: [north, south, west]
    command: |
      echo "evaluating {{PF_LOOP_ARGUMENT}}"
      for i in 1 2 3 4 5; do echo "{{PF_LOOP_ARGUMENT}}: batch $i of 5"; sleep 1; done
      echo "{{PF_LOOP_ARGUMENT}} done"
post_process:
  notify:
    command: echo "run {{PF_RUN_ID}} has ended"
`;

/** Dags in dags, loops, conditions, artifacts, a template, something after the end; on two clusters, so that its logs are read job by job (2.13). */
const trainFlow = `name: train-flow
docker_env: python:3.10
fs_options:
  main_fs: {name: data}
failure_options: {strategy: continue}
components:
  score-one:
    command: |
      echo "scoring fold {{PF_LOOP_ARGUMENT}} of {{model}} by {{metric}}"
      sleep 4
      echo "fold {{PF_LOOP_ARGUMENT}} scored"
    parameters: {metric: auc}
    artifacts: {input: {model: ""}}
    loop_argument: [1, 2, 3]
entry_points:
  prep:
    parameters: {rows: 100}
    artifacts: {output: [clean]}
    command: |
      echo "cleaning {{rows}} rows into {{clean}}"
      for i in 1 2 3 4 5; do echo "part $i"; sleep 1; done
  fit:
    deps: prep
    condition: "{{mode}} == full"
    parameters: {mode: full, rows: "{{prep.rows}}"}
    artifacts: {input: {src: "{{prep.clean}}"}}
    env: {PF_JOB_FLAVOUR: flavour1, PF_JOB_QUEUE_NAME: gpu-queue}
    command: |
      echo "fitting {{rows}} rows of {{src}}"
      for i in $(seq 1 12); do echo "iteration $i"; sleep 1; done
  preview:
    deps: prep
    condition: "{{mode}} == quick"
    parameters: {mode: full}
    command: echo "a quick look"
  report:
    deps: prep
    artifacts: {input: {table: "{{prep.clean}}"}, output: {page: "{{render.html}}"}}
    entry_points:
      chart:
        loop_argument: [daily, weekly]
        command: |
          echo "drawing the {{PF_LOOP_ARGUMENT}} chart"
          sleep 3
      render:
        deps: chart
        artifacts: {input: {t: "{{PF_PARENT.table}}"}, output: [html]}
        command: |
          echo "rendering {{t}}"
          sleep 3
          echo "written to {{html}}"
  score:
    deps: prep
    reference: {component: score-one}
    parameters: {metric: f1}
    artifacts: {input: {model: "{{prep.clean}}"}}
post_process:
  publish:
    command: |
      echo "publishing"
      sleep 2
      echo "published"
`;

const flakyImport = `name: flaky-import
docker_env: busybox:1.36
entry_points:
  connect:
    command: |
      echo "connecting to warehouse"
      sleep 3
      echo "connected"
  import:
    deps: connect
    command: |
      for i in 1 2 3 4; do echo "table $i imported"; sleep 1; done
      echo "table 5: permission denied"
      exit 1
  index:
    deps: import
    command: echo "indexing"
post_process:
  clean-up:
    command: echo "temporary files removed"
`;

const nightlyReport = `name: nightly-report
docker_env: busybox:1.36
entry_points:
  collect:
    parameters: {day: yesterday}
    command: |
      echo "collecting {{day}}"
      for i in 1 2 3 4 5 6 7 8; do echo "source $i of 8"; sleep 1; done
  summarise:
    deps: collect
    command: |
      echo "summing up"
      sleep 5
      echo "report written"
`;

/** Its first step is found in the cache from the second run on. */
const features = `name: features
docker_env: python:3.10
fs_options:
  main_fs: {name: data}
entry_points:
  extract:
    parameters: {table: orders}
    cache: {enable: true, max_expired_time: -1, fs_scope: [{name: data, path: /raw}]}
    artifacts: {output: [rows]}
    command: |
      echo "reading {{table}}"
      sleep 8
      echo "written to {{rows}}"
  encode:
    deps: extract
    artifacts: {input: {source: "{{extract.rows}}"}, output: [features]}
    env: {PF_JOB_FLAVOUR: cpu-large}
    command: |
      echo "encoding {{source}}"
      for i in 1 2 3 4 5; do echo "column $i of 5"; sleep 1; done
`;

export interface DemoPipeline {
  readonly owner: string;
  readonly name: string;
  readonly desc: string;
  readonly yaml: string;
}

/** In the order in which the demo makes them, so that the first one is `ppl-000001`. */
export const demoPipelines: readonly DemoPipeline[] = [
  { owner: 'alice', name: 'demo', desc: 'A minute of work with logs to watch', yaml: demo },
  { owner: 'bobby', name: 'train-flow', desc: 'Dags, loops, conditions, artifacts', yaml: trainFlow },
  { owner: 'alice', name: 'flaky-import', desc: 'Fails in its second step', yaml: flakyImport },
  { owner: 'root', name: 'nightly-report', desc: 'Two steps', yaml: nightlyReport },
];

/** Not among those that the demo goes on to start, for it forgets its runs, and what is cached must not go with them. */
export const cachingPipeline: DemoPipeline = {
  owner: 'alice',
  name: 'features',
  desc: 'Artifacts, and a step from the cache',
  yaml: features,
};

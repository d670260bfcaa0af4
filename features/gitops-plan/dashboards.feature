@document:gitops-plan
Feature: Dashboards show real data

  Each provisioned dashboard is taken as Grafana serves it: rows opened, library panels and repeats followed, variables
  filled in. Each query of each panel is then run through Grafana as the browser would. A panel may be empty only if its
  description says emptyOk; a panel whose newest sample is old only looks filled.

  @criterion:DASH-NODATA-01 @core @mode:throwaway @mode:live
  Rule: All panels show real data: no query fails, and none is without a sample of the last 5 minutes

    @changes-cluster @lock:redis @fault:grafana-panel-metric-renamed @fault:node-exporter-removed
    Scenario: Every panel of every dashboard shows fresh data
      Given the "gitops-plan" manifests are deployed from Git
      And every panel's query has been run on Prometheus as evidence
      Then Grafana serves the dashboards "Homelab Overview, Kubernetes Cluster, Database Performance" within 3 minutes
      And every panel of every dashboard on Grafana shows data at most 5 minutes old within 3 minutes

  @criterion:DASH-AVAIL-01 @core @mode:throwaway @mode:live
  Rule: Grafana is healthy at its published address and answers in under 2 seconds

    @fault:grafana-at-another-port
    Scenario: Grafana answers where it is published
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "grafana" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then Service "grafana" in namespace "<profile.namespace>" has ".spec.ports[0].nodePort" equal to "<profile.grafanaNodePort>" within 1 minute
      And a GET of "/api/health" on service "grafana:3000" in namespace "<profile.namespace>" answers 200 in under 2 seconds within 1 minute

  @criterion:DASH-VER-01 @core @mode:static @mode:throwaway @mode:live
  Rule: Grafana is at version 9.0 or later

    @fault:grafana-of-version-8.5
    Scenario: Grafana says how old it is
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "grafana" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then a GET of "/api/health" on service "grafana:3000" in namespace "<profile.namespace>" gives a ".version" of "9.0" or later within 1 minute

  @criterion:DASH-DS-01 @core @mode:throwaway @mode:live
  Rule: Prometheus is Grafana's data source, provisioned and working

    @fault:grafana-asks-the-wrong-prometheus
    Scenario: Grafana reaches Prometheus
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "grafana" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then the data source "Prometheus" of Grafana is provisioned and healthy within 2 minutes

  @criterion:DASH-COUNT-01 @core @mode:throwaway @mode:live
  Rule: At least 3 dashboards are there, each with panels

    @fault:dashboard-not-provisioned
    Scenario: Three dashboards load
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "grafana" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then Grafana has at least 3 dashboards, each with panels, within 2 minutes

  @criterion:DASH-NODATA-02 @core @mode:throwaway @mode:live
  Rule: No panel's newest sample is older than 5 minutes

    @fault:redis-scraped-every-10m
    Scenario: Panels stay fresh longer than an old sample can hide
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "grafana" in namespace "<profile.namespace>" is rolled out within 3 minutes
      And every panel of every dashboard on Grafana shows data at most 5 minutes old within 3 minutes
      Then every panel of every dashboard on Grafana keeps showing data at most 5 minutes old for 6 minutes

  @criterion:DASH-VCS-01 @core @mode:static @mode:throwaway @mode:live
  Rule: Each dashboard is the one that Git declares

    @fault:dashboard-edited-by-hand
    Scenario: What Grafana serves is what the files say, and stays so
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "grafana" in namespace "<profile.namespace>" is rolled out within 3 minutes
      And Grafana serves each dashboard as Git declares it, in folder "Homelab", within 2 minutes
      Then Grafana keeps serving each dashboard as Git declares it, in folder "Homelab", for 3 minutes

  @criterion:DASH-PROV-01 @core @mode:throwaway @mode:live
  Rule: All dashboards are provisioned, and back within 2 minutes after Grafana's pod was deleted

    @changes-cluster @lock:grafana @fault:dashboards-not-mounted
    Scenario: A new pod has all dashboards again
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "grafana" in namespace "<profile.namespace>" is rolled out within 3 minutes
      When the pods of Deployment "grafana" in namespace "<profile.namespace>" are deleted
      Then Deployment "grafana" in namespace "<profile.namespace>" is rolled out within 2 minutes
      And Grafana serves each dashboard as Git declares it, in folder "Homelab", within 2 minutes

  @criterion:DASH-PROV-02 @core @mode:static @mode:throwaway @mode:live
  Rule: Dashboards are provisioned from the declared path into the folder Homelab

    @fault:dashboard-path-misspelled
    Scenario: The provider reads the declared path into the folder
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "grafana" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then ConfigMap "grafana-dashboards" in namespace "<profile.namespace>" exists within 1 minute
      And Grafana serves each dashboard as Git declares it, in folder "Homelab", within 2 minutes

  @criterion:DASH-PROV-03 @core @mode:static @mode:throwaway
  Rule: Each dashboard file holds the bare dashboard, and Grafana loads it without complaint

    @fault:dashboard-wrapped
    Scenario: No file wraps its dashboard
      Then the manifests of "gitops-plan" follow the rule "dashboard files are bare"

  @criterion:DASH-GIT-01 @core @mode:static
  Rule: The three dashboard files are in Git, with ids and titles of their own

    @fault:dashboards-with-one-uid
    Scenario: Three files, told apart
      Then the manifests of "gitops-plan" have these files and folders
        | infrastructure/kubernetes/monitoring/grafana/dashboards/homelab-overview.json     |
        | infrastructure/kubernetes/monitoring/grafana/dashboards/kubernetes-cluster.json   |
        | infrastructure/kubernetes/monitoring/grafana/dashboards/database-performance.json |
      And the manifests of "gitops-plan" follow the rule "dashboards are told apart"

  @criterion:DASH-OVERVIEW-01 @core @mode:static @mode:throwaway @mode:live
  Rule: The overview shows its six topics in 6 to 8 panels

    @fault:overview-without-uptime
    Scenario: The page has its topics and no more
      Then the dashboard "Homelab Overview" of "gitops-plan" has panels on these topics
        | panel               | metric                           |
        | Cluster status      | kube_node_status_condition       |
        | Cluster status      | kube_pod_status_phase            |
        | CPU usage           | node_cpu_seconds_total           |
        | Memory usage        | node_memory_MemAvailable_bytes   |
        | Storage utilization | node_filesystem_avail_bytes      |
        | Network I/O         | node_network_receive_bytes_total |
        | Service uptime      | process_start_time_seconds       |
        | Recent alerts       | ALERTS                           |
      And the dashboard "Homelab Overview" of "gitops-plan" has 6 to 8 panels

    @fault:kube-state-metrics-not-reached
    Scenario: Its panels show data
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "grafana" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then every panel of dashboard "Homelab Overview" on Grafana shows data at most 5 minutes old within 3 minutes

  @criterion:DASH-K8S-01 @core @mode:static @mode:throwaway @mode:live
  Rule: The cluster dashboard shows its six topics in 10 to 14 panels

    @fault:cluster-dashboard-without-restarts
    Scenario: The dashboard has its topics
      Then the dashboard "Kubernetes Cluster" of "gitops-plan" has panels on these topics
        | panel                   | metric                                    |
        | Node CPU                | node_cpu_seconds_total                    |
        | Node memory             | node_memory_MemTotal_bytes                |
        | Node disk               | node_filesystem_size_bytes                |
        | Pod status by namespace | kube_pod_status_phase                     |
        | Container restarts      | kube_pod_container_status_restarts_total  |
        | Deployment replicas     | kube_deployment_status_replicas_available |
        | PVC usage               | kubelet_volume_stats_used_bytes           |
        | Network received by pod | container_network_receive_bytes_total     |
      And the dashboard "Kubernetes Cluster" of "gitops-plan" has 10 to 14 panels

    @fault:kubelet-volumes-dropped
    Scenario: Its panels show data
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "grafana" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then every panel of dashboard "Kubernetes Cluster" on Grafana shows data at most 5 minutes old within 3 minutes

  @criterion:DASH-DB-01 @core @mode:static @mode:throwaway @mode:live
  Rule: The database dashboard shows its six PostgreSQL topics

    @fault:database-dashboard-without-locks
    Scenario: The dashboard has its PostgreSQL topics
      Then the dashboard "Database Performance" of "gitops-plan" has panels on these topics
        | panel                 | metric                           |
        | Connections           | pg_stat_activity_count           |
        | Longest running query | pg_stat_activity_max_tx_duration |
        | Cache hit ratio       | pg_stat_database_blks_hit        |
        | Transaction rate      | pg_stat_database_xact_commit     |
        | Locks and conflicts   | pg_locks_count                   |
        | Database size         | pg_database_size_bytes           |

    @fault:postgres-exporter-removed
    Scenario: Its panels show data
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "grafana" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then every panel of dashboard "Database Performance" on Grafana shows data at most 5 minutes old within 3 minutes

  @criterion:DASH-DB-02 @core @mode:static @mode:throwaway @mode:live
  Rule: The database dashboard shows its five Redis topics

    @fault:database-dashboard-without-clients
    Scenario: The dashboard has its Redis topics
      Then the dashboard "Database Performance" of "gitops-plan" has panels on these topics
        | panel                    | metric                         |
        | Memory usage             | redis_memory_used_bytes        |
        | Commands per second      | redis_commands_processed_total |
        | Keyspace hits and misses | redis_keyspace_hits_total      |
        | Connected clients        | redis_connected_clients        |
        | Keys                     | redis_db_keys                  |

    @fault:redis-exporter-wrong-address
    Scenario: Its panels show data
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "grafana" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then every panel of dashboard "Database Performance" on Grafana shows data at most 5 minutes old within 3 minutes

  @criterion:DASH-LLM-01 @homelab @pending @mode:live
  Rule: The LLM dashboard shows its seven topics

  @criterion:DASH-N8N-01 @extended @pending @mode:static @mode:throwaway @mode:live
  Rule: The workflow dashboard shows its six topics

  @criterion:DASH-IMPORT-01 @extended @pending @mode:static @mode:throwaway @mode:live
  Rule: The imported dashboard 1860 shows node data

  @criterion:DASH-IMPORT-02 @extended @pending @mode:static @mode:throwaway @mode:live
  Rule: The imported dashboard 6417 shows cluster data

  @criterion:DASH-IMPORT-03 @extended @pending @mode:static @mode:throwaway @mode:live
  Rule: The imported dashboard 9628 shows PostgreSQL data

  @criterion:DASH-IMPORT-04 @extended @pending @mode:static @mode:throwaway @mode:live
  Rule: The imported dashboard 11835 shows Redis data

  @criterion:DASH-DAY2-01 @extended @mode:static @mode:live
  Rule: Dashboards refresh, start with a day or less, name their panels and units, and load in under 2 seconds

    @fault:panel-without-title
    Scenario: The files refresh, name and measure
      Then the manifests of "gitops-plan" follow the rule "dashboards can be read"
      And the manifests of "gitops-plan" follow the rule "dashboards look back a day"

    @fault:dashboard-path-misspelled
    Scenario: Each dashboard loads fast
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "grafana" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then Grafana serves each dashboard in under 2 seconds

  @criterion:DASH-RISK-01 @extended @mode:static @mode:live
  Rule: No dashboard asks for more than a day unless its reader does

    @fault:dashboard-of-90-days
    Scenario: Each dashboard starts with a day or less
      Then the manifests of "gitops-plan" follow the rule "dashboards look back a day"

  @criterion:DASH-RISK-02 @extended @pending @mode:static @mode:live
  Rule: Repeated queries are answered from recorded results

  @criterion:DASH-RISK-03 @extended @mode:throwaway @mode:live
  Rule: Labels stay few enough for queries to be answered in under 2 seconds

  @criterion:DASH-DOC-01 @extended @mode:static
  Rule: A guide explains the dashboards, and the README names Flux, Qdrant and the dashboards

    @fault:dashboard-guide-missing
    Scenario: The guide and the README say it
      Then the document "docs/GRAFANA-DASHBOARDS.md" of "gitops-plan" has the headings "What is there, Change a dashboard, Add a dashboard, When a panel is empty"
      And the document "README.md" of "gitops-plan" names "Flux, Qdrant, dashboards"

  @criterion:DASH-ROLLB-01 @extended @mode:throwaway
  Rule: A provisioned dashboard cannot be deleted in Grafana, and is gone within 5 minutes once it is out of Git

    # A dashboard that comes from a file is one that Grafana refuses to delete.
    @changes-cluster @lock:git @lock:grafana @fault:dashboards-kept-when-removed
    Scenario: A dashboard leaves Grafana with its file
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "grafana" in namespace "<profile.namespace>" is rolled out within 3 minutes
      And Flux follows the repository
      And Grafana serves each dashboard as Git declares it, in folder "Homelab", within 2 minutes
      When a commit takes "dashboards/kubernetes-cluster.json" out of "infrastructure/kubernetes/monitoring/grafana"
      Then Grafana no longer serves the dashboard "Kubernetes Cluster" within 5 minutes of the commit

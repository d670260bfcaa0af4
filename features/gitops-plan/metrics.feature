@document:gitops-plan
Feature: Prometheus collects what the dashboards need

  A dashboard can only show what a target exports. Each source of metrics is checked by itself, on every node.

  @criterion:METRIC-NODE-01 @core @mode:throwaway @mode:live
  Rule: Every node exports its CPU, memory, disk, network and filesystem metrics

    @fault:node-exporter-without-disks
    Scenario: Five families of each node are collected
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "prometheus" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then Prometheus has each of these metrics from every node within 3 minutes
        | node_cpu_seconds_total |
        | node_memory_.+         |
        | node_disk_.+           |
        | node_network_.+        |
        | node_filesystem_.+     |

  @criterion:METRIC-CADV-01 @core @mode:throwaway @mode:live
  Rule: Every node's kubelet exports the metrics of its containers

    @fault:cadvisor-not-scraped
    Scenario: The use of containers is collected from each node
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "prometheus" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then Prometheus has each of these metrics from every node within 3 minutes
        | container_cpu_usage_seconds_total{pod!=""}  |
        | container_memory_working_set_bytes{pod!=""} |

  @criterion:METRIC-KUBE-01 @core @mode:throwaway @mode:live
  Rule: Pods, deployments and all nodes are known through kube-state-metrics

    @fault:kube-state-metrics-not-reached
    Scenario: The cluster's objects are collected
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "prometheus" in namespace "<profile.namespace>" is rolled out within 3 minutes
      And Deployment "kube-state-metrics" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then Prometheus has each of these metrics from every node within 3 minutes
        | kube_node_info             |
        | kube_node_status_condition |
      And Prometheus has each of these metrics within 3 minutes
        | kube_pod_.+        |
        | kube_deployment_.+ |

  @criterion:METRIC-PG-01 @core @mode:throwaway @mode:live
  Rule: PostgreSQL's exporter reaches its database and exports its statistics

    @fault:postgres-exporter-wrong-address
    Scenario: The exporter is logged in, and its statistics are collected
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "prometheus" in namespace "<profile.namespace>" is rolled out within 3 minutes
      And StatefulSet "postgres" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then the PromQL query "pg_up == 1" on service "prometheus:9090" in namespace "<profile.namespace>" returns data within 3 minutes
      And Prometheus has each of these metrics within 3 minutes
        | pg_stat_database_.+ |
        | pg_database_.+      |

  @criterion:METRIC-REDIS-01 @core @mode:throwaway @mode:live
  Rule: Redis's exporter reaches its database

    @lock:redis @fault:redis-exporter-wrong-address
    Scenario: The exporter is connected, and what it asks for is collected
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "prometheus" in namespace "<profile.namespace>" is rolled out within 3 minutes
      And Deployment "redis" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then the PromQL query "redis_up == 1" on service "prometheus:9090" in namespace "<profile.namespace>" returns data within 3 minutes
      And Prometheus has each of these metrics within 3 minutes
        | redis_memory_.+ |
        | redis_commands_.+ |

  @criterion:METRIC-APP-01 @extended @pending @mode:throwaway @mode:live
  Rule: Every application that declares metrics is up as a target

  @criterion:METRIC-GAP-01 @core @mode:throwaway @mode:live
  Rule: No dashboard or rule uses a metric that Prometheus does not have

    @fault:grafana-panel-metric-renamed
    Scenario: No panel asks for what no target exports
      Then the manifests of "gitops-plan" follow the rule "metrics are exported"

    @fault:grafana-panel-metric-renamed
    Scenario: Prometheus has whatever is asked for
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "prometheus" in namespace "<profile.namespace>" is rolled out within 3 minutes
      And Deployment "kube-state-metrics" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then Prometheus has every metric that the dashboards and rules of "gitops-plan" ask for within 3 minutes

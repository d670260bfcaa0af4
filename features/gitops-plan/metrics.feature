@document:gitops-plan
Feature: Prometheus collects what the dashboards need

  A dashboard can only show what a target exports. Each source of metrics is checked by itself, on every node.

  @criterion:METRIC-NODE-01 @core @mode:throwaway @mode:live
  Rule: Every node exports its CPU, memory, disk, network and filesystem metrics

  @criterion:METRIC-CADV-01 @core @mode:throwaway @mode:live
  Rule: Every node's kubelet exports the metrics of its containers

  @criterion:METRIC-KUBE-01 @core @mode:throwaway @mode:live
  Rule: Pods, deployments and all nodes are known through kube-state-metrics

  @criterion:METRIC-PG-01 @core @mode:throwaway @mode:live
  Rule: PostgreSQL's exporter reaches its database and exports its statistics

  @criterion:METRIC-REDIS-01 @core @mode:throwaway @mode:live
  Rule: Redis's exporter reaches its database

  @criterion:METRIC-APP-01 @extended @pending @mode:throwaway @mode:live
  Rule: Every application that declares metrics is up as a target

  @criterion:METRIC-GAP-01 @core @mode:throwaway @mode:live
  Rule: No dashboard or rule uses a metric that Prometheus does not have

@document:gitops-plan
Feature: Dashboards show real data

  Each provisioned dashboard is taken as Grafana serves it: rows opened, library panels and repeats followed, variables
  filled in. Each query of each panel is then run through Grafana as the browser would. A panel may be empty only if its
  description says emptyOk; a panel whose newest sample is old only looks filled.

  @criterion:DASH-NODATA-01 @core
  Rule: All panels show real data: no query fails, and none is without a sample of the last 5 minutes

    @changes-cluster @fault:grafana-panel-metric-renamed @fault:node-exporter-removed
    Scenario: Every panel of every dashboard shows fresh data
      Given the "gitops-plan" manifests are deployed from Git
      And every panel's query has been run on Prometheus as evidence
      Then Grafana serves the dashboards "Homelab Overview, Database Performance" within 3 minutes
      And every panel of every dashboard on Grafana shows data at most 5 minutes old within 3 minutes

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
      Then Grafana serves the dashboards "Homelab Overview, Database Performance" within 3 minutes
      And every panel of every dashboard on Grafana shows data at most 5 minutes old within 3 minutes

  @criterion:DASH-AVAIL-01 @core @mode:throwaway @mode:live
  Rule: Grafana is healthy at its published address and answers in under 2 seconds

  @criterion:DASH-VER-01 @core @mode:static @mode:throwaway @mode:live
  Rule: Grafana is at version 9.0 or later

  @criterion:DASH-DS-01 @core @mode:throwaway @mode:live
  Rule: Prometheus is Grafana's data source, provisioned and working

  @criterion:DASH-COUNT-01 @core @mode:throwaway @mode:live
  Rule: At least 3 dashboards are there, each with panels

  @criterion:DASH-NODATA-02 @core @mode:throwaway @mode:live
  Rule: No panel's newest sample is older than 5 minutes

  @criterion:DASH-VCS-01 @core @mode:static @mode:throwaway @mode:live
  Rule: Each dashboard is the one that Git declares

  @criterion:DASH-PROV-01 @core @mode:throwaway @mode:live
  Rule: All dashboards are provisioned, and back within 2 minutes after Grafana's pod was deleted

  @criterion:DASH-PROV-02 @core @mode:static @mode:throwaway @mode:live
  Rule: Dashboards are provisioned from the declared path into the folder Homelab

  @criterion:DASH-PROV-03 @core @mode:static @mode:throwaway
  Rule: Each dashboard file holds the bare dashboard, and Grafana loads it without complaint

  @criterion:DASH-GIT-01 @core @mode:static
  Rule: The three dashboard files are in Git, with ids and titles of their own

  @criterion:DASH-OVERVIEW-01 @core @mode:static @mode:throwaway @mode:live
  Rule: The overview shows its six topics in 6 to 8 panels

  @criterion:DASH-K8S-01 @core @mode:static @mode:throwaway @mode:live
  Rule: The cluster dashboard shows its six topics in 10 to 14 panels

  @criterion:DASH-DB-01 @core @mode:static @mode:throwaway @mode:live
  Rule: The database dashboard shows its six PostgreSQL topics

  @criterion:DASH-DB-02 @core @mode:static @mode:throwaway @mode:live
  Rule: The database dashboard shows its five Redis topics

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

  @criterion:DASH-RISK-01 @extended @mode:static @mode:live
  Rule: No dashboard asks for more than a day unless its reader does

  @criterion:DASH-RISK-02 @extended @pending @mode:static @mode:live
  Rule: Repeated queries are answered from recorded results

  @criterion:DASH-RISK-03 @extended @mode:throwaway @mode:live
  Rule: Labels stay few enough for queries to be answered in under 2 seconds

  @criterion:DASH-DOC-01 @extended @mode:static
  Rule: A guide explains the dashboards, and the README names Flux, Qdrant and the dashboards

  @criterion:DASH-ROLLB-01 @extended @mode:throwaway
  Rule: A provisioned dashboard cannot be deleted in Grafana, and is gone within 5 minutes once it is out of Git

@document:gitops-plan
Feature: Flux keeps the cluster as Git declares it

  Somebody changes a running object by hand. Flux finds the difference at its next reconciliation and puts the declared
  value back. The worst moment for a change is just after a reconciliation, so that is when it is made here; each scenario
  changes a different kind of field, and the slowest of them counts.

  @criterion:GITOPS-DRIFT-01 @core @mode:throwaway
  Rule: A manual change to a field that Git declares is reverted in under 5 minutes

    Background:
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And Deployment "redis" in namespace "<profile.namespace>" is rolled out within 3 minutes
      And Deployment "redis-exporter" in namespace "<profile.namespace>" is rolled out within 3 minutes

    @changes-cluster @lock:redis @fault:flux-object-reconcile-disabled
    Scenario: A scaled deployment returns to its declared replicas
      When someone scales deployment "redis" to 0 replicas right after a reconciliation
      Then deployment "redis" has its declared replicas again within 5 minutes
      And Deployment "redis" in namespace "<profile.namespace>" is rolled out within 60 seconds

    @changes-cluster @lock:redis @fault:flux-object-reconcile-disabled
    Scenario: A changed image returns to the declared one
      When someone changes ".spec.template.spec.containers[0].image" of Deployment "redis-exporter" to "oliver006/redis_exporter:drifted" right after a reconciliation
      Then Deployment "redis-exporter" has its declared ".spec.template.spec.containers[0].image" again within 5 minutes
      And Deployment "redis-exporter" in namespace "<profile.namespace>" is rolled out within 60 seconds

    @changes-cluster @lock:redis @fault:flux-object-reconcile-disabled
    Scenario: A changed setting returns to the declared one
      When someone changes ".data.maxmemory" of ConfigMap "redis-settings" to "1mb" right after a reconciliation
      Then ConfigMap "redis-settings" has its declared ".data.maxmemory" again within 5 minutes

  @criterion:GITOPS-DRIFT-02 @core @mode:throwaway
  Rule: A deleted object that Git declares is made anew in under 5 minutes

    @changes-cluster @lock:redis @fault:databases-reconciled-every-10m
    Scenario Outline: A deleted <kind> is back
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And Deployment "redis" in namespace "<profile.namespace>" is rolled out within 3 minutes
      When someone deletes <kind> "<name>" right after a reconciliation
      Then another <kind> "<name>" is there within 5 minutes

      Examples:
        | kind      | name           |
        | ConfigMap | redis-settings |
        | Service   | redis          |

  @criterion:GITOPS-DRIFT-03 @core @mode:static @mode:live
  Rule: The declared intervals revert any drift within 5 minutes even at the worst moment

    # The plan's own 5m does not pass: a change just after a reconciliation waits for all of it, and then for the
    # reconciliation itself.
    @fault:kustomization-interval-5m
    Scenario: Interval and timeout together stay under five minutes
      Then each Kustomization in the manifests of "gitops-plan" reverts drift within 5 minutes at worst
      And each HelmRelease in the manifests of "gitops-plan" reverts drift within 5 minutes at worst

  @criterion:GITOPS-DRIFT-04 @core @mode:static @mode:throwaway @mode:live
  Rule: A manual change to an object of a Helm release is reverted in under 5 minutes

    @fault:helm-drift-detection-off
    Scenario: Every release is declared to be corrected
      Then the manifests of "gitops-plan" follow the rule "helm drift is corrected"

    @changes-cluster @fault:helm-release-not-corrected
    Scenario: A scaled deployment of a release returns to the chart's replicas
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And HelmRelease "greeting" in namespace "<profile.namespace>" has condition "Ready" within 3 minutes
      When someone changes ".spec.replicas" of Deployment "greeting" to "3" right after HelmRelease "greeting" was reconciled
      Then Deployment "greeting" has ".spec.replicas" as before the change again within 5 minutes
      And an event "DriftCorrected" about HelmRelease "greeting" in namespace "<profile.namespace>" is recorded within 1 minute

  @criterion:GITOPS-DRIFT-05 @core @mode:live
  Rule: Nothing that Git declares differs on the cluster, and nothing is exempt from correction

    @lock:cluster @fault:manual-edit-of-a-suspended-part
    Scenario: Every declared field is live as declared
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And Deployment "redis" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then no field that Git declares differs on the cluster within 3 minutes
      And nothing in namespace "<profile.namespace>" is exempt from Flux's correction

@document:gitops-plan
Feature: What is committed gets deployed

  A commit changes a setting and the deployment that uses it. Nobody calls Flux: it has to find the commit by itself, apply
  it and roll it out. Time runs from the commit until the live objects carry the new values, Flux names the commit as
  applied, and the new pods serve.

  @criterion:GITOPS-DEPLOY-01 @core @mode:throwaway
  Rule: A commit to Git is live on the cluster in under 5 minutes

    @changes-cluster @lock:redis @fault:flux-source-suspended
    Scenario Outline: A commit that gives Redis <memory> of memory is live
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And Deployment "redis" in namespace "<profile.namespace>" is rolled out within 3 minutes
      And Deployment "redis-exporter" in namespace "<profile.namespace>" is rolled out within 3 minutes
      When a commit sets these fields in "infrastructure/kubernetes/databases/redis"
        | file            | field                                                            | value      |
        | settings.yaml   | .data.maxmemory                                                  | <memory>   |
        | deployment.yaml | .spec.template.metadata.annotations["homelab/settings-revision"] | <revision> |
      Then Kustomization "databases" has applied the commit within 5 minutes
      And all fields that the commit set are live within 5 minutes of the commit
      And Deployment "redis" is rolled out within 5 minutes of the commit

      Examples: three runs, the slowest counts
        | memory | revision |
        | 80mb   | 2        |
        | 72mb   | 3        |
        | 64mb   | 4        |

  @criterion:GITOPS-DEPLOY-02 @core @mode:live
  Rule: Each of the last 5 applied commits was live less than 5 minutes after it was made

    @changes-cluster @lock:git @lock:redis @fault:flux-source-suspended
    Scenario: The history of a Kustomization shows how long its commits took
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And Deployment "redis" in namespace "<profile.namespace>" is rolled out within 3 minutes
      When a commit sets these fields in "infrastructure/kubernetes/databases/redis"
        | file          | field           | value |
        | settings.yaml | .data.maxmemory | 88mb  |
      Then Kustomization "databases" has applied the commit within 10 minutes
      And each commit that Kustomization "databases" has applied was live within 5 minutes

  @criterion:GITOPS-MANAGED-01 @core @mode:throwaway @mode:live
  Rule: Everything that runs in the homelab namespace is managed by Flux

    @lock:cluster @fault:deployment-without-owner
    Scenario: Every workload, Service and claim has its place in Flux
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And Deployment "redis" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then everything that runs in namespace "<profile.namespace>" is managed by Flux

  @criterion:GITOPS-PRUNE-01 @core @mode:static @mode:throwaway @mode:live
  Rule: What is taken out of Git is gone from the cluster in under 5 minutes

    @fault:pruning-off
    Scenario: Every Kustomization is declared to prune
      Then the manifests of "gitops-plan" follow the rule "pruning is on"

    @changes-cluster @lock:git @lock:redis @fault:databases-not-pruned
    Scenario: A deployment whose file was removed is deleted
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And Deployment "redis-exporter" in namespace "<profile.namespace>" is rolled out within 3 minutes
      When a commit takes "exporter.yaml" out of "infrastructure/kubernetes/databases/redis"
      Then Deployment "redis-exporter" is gone within 5 minutes of the commit
      And Kustomization "databases" no longer counts Deployment "redis-exporter" among what it applied within 1 minute

  @criterion:GITOPS-ROLLBACK-01 @core @mode:throwaway
  Rule: Reverting a bad commit brings the former state back in under 5 minutes

    @changes-cluster @lock:git @lock:redis @fault:flux-source-frozen
    Scenario: A deployment with an image that does not exist is brought back
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And Deployment "redis" in namespace "<profile.namespace>" is rolled out within 3 minutes
      When a commit sets these fields in "infrastructure/kubernetes/databases/redis"
        | file            | field                                   | value                |
        | deployment.yaml | .spec.template.spec.containers[0].image | registry.invalid/a:1 |
      Then Kustomization.kustomize.toolkit.fluxcd.io "databases" in namespace "flux-system" is not ready because of "HealthCheckFailed" within 5 minutes
      When the commit is reverted
      Then Deployment "redis" has its declared ".spec.template.spec.containers[0].image" again within 5 minutes of the commit
      And Deployment "redis" is rolled out within 5 minutes of the commit

  @criterion:GITOPS-AUDIT-01 @core @mode:throwaway @mode:live
  Rule: All that is applied is in the history of the branch, and nobody else writes to it

    @lock:cluster @fault:deployment-edited-by-hand
    Scenario: Applied revisions are of the branch, and nobody wrote by hand
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And Deployment "redis" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then every applied revision is in the history of its branch
      And nobody but Flux has written to what Flux manages in namespace "<profile.namespace>"

  @criterion:GITOPS-FLAGGER-01 @extended @pending @mode:throwaway
  Rule: A canary that fails is rolled back by Flagger

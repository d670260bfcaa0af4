@document:gitops-plan
Feature: Flux runs and follows the repository

  Flux is four controllers and the objects that tell them what to follow. A controller that is down, a source that cannot be
  fetched or a part that does not build must be visible as such, and not as a cluster that has merely stopped changing.

  @criterion:GITOPS-CTRL-01 @core @mode:throwaway @mode:live
  Rule: All four Flux controllers are available within 5 minutes, and none restarted in the last hour

  @criterion:GITOPS-VER-01 @core @mode:static @mode:throwaway @mode:live
  Rule: Flux is at version 2.0.0 or later, and its APIs are served as v1

  @criterion:GITOPS-API-01 @core @mode:static @mode:throwaway
  Rule: Every Flux object is written for the v1 APIs and free of schema errors

    @fault:flux-object-of-an-old-api
    Scenario: The manifests are what the v1 APIs take
      Then the manifests of "gitops-plan" follow the rule "schema"

  @criterion:GITOPS-SRC-01 @core @mode:throwaway @mode:live
  Rule: Flux follows the declared branch, and what it has is at most two intervals behind it

  @criterion:GITOPS-INT-01 @core @mode:static @mode:live
  Rule: Each source is looked at once a minute or more often

    @fault:source-interval-10m
    Scenario: No source waits longer than a minute
      Then each GitRepository in the manifests of "gitops-plan" has ".spec.interval" of at most 1 minute
      And each HelmRepository in the manifests of "gitops-plan" has ".spec.interval" of at most 1 minute

  @criterion:GITOPS-INT-02 @core @mode:static @mode:live
  Rule: Each Kustomization is reconciled every 5 minutes or more often

    @fault:kustomization-interval-10m
    Scenario: No Kustomization waits longer than five minutes
      Then each Kustomization in the manifests of "gitops-plan" has ".spec.interval" of at most 5 minutes

  @criterion:GITOPS-READY-01 @core @mode:throwaway @mode:live
  Rule: Every Flux object is ready, for its current generation and its source's current revision

  @criterion:GITOPS-RECON-01 @core @mode:throwaway
  Rule: A reconciliation that is asked for is done within 60 seconds

  @criterion:GITOPS-NOTIF-01 @extended @pending @mode:throwaway @mode:live
  Rule: A Kustomization that fails is reported to a webhook within 60 seconds

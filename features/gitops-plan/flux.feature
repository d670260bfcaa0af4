@document:gitops-plan
Feature: Flux runs and follows the repository

  Flux is four controllers and the objects that tell them what to follow. A controller that is down, a source that cannot be
  fetched or a part that does not build must be visible as such, and not as a cluster that has merely stopped changing.

  @criterion:GITOPS-CTRL-01 @core @mode:throwaway @mode:live
  Rule: All four Flux controllers are available within 5 minutes, and none restarted in the last hour

    Scenario Outline: The <controller> is available and stays up
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      Then Deployment "<controller>" in namespace "flux-system" is rolled out within 5 minutes
      And no container in namespace "flux-system" has restarted in the last 1 hour
      And CustomResourceDefinition "<kind>" in namespace "" has condition "Established" within 5 minutes

      @fault:source-controller-stopped
      Examples:
        | controller | kind |
        | source-controller | gitrepositories.source.toolkit.fluxcd.io |

      @fault:kustomize-controller-stopped
      Examples:
        | controller | kind |
        | kustomize-controller | kustomizations.kustomize.toolkit.fluxcd.io |

      @fault:helm-controller-stopped
      Examples:
        | controller | kind |
        | helm-controller | helmreleases.helm.toolkit.fluxcd.io |

      @fault:notification-controller-stopped
      Examples:
        | controller | kind |
        | notification-controller | alerts.notification.toolkit.fluxcd.io |

  @criterion:GITOPS-VER-01 @core @mode:static @mode:throwaway @mode:live
  Rule: Flux is at version 2.0.0 or later, and its APIs are served as v1

    @fault:flux-of-version-0.41
    Scenario Outline: The <controller> is new enough, and <kind> is served as v1
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      Then Deployment "<controller>" in namespace "flux-system" has ".metadata.labels[\"app.kubernetes.io/version\"]" at version "2.0.0" or later
      And CustomResourceDefinition "<kind>" in namespace "" has ".status.storedVersions[0]" equal to "v1" within 1 minute

      Examples:
        | controller           | kind                                       |
        | source-controller    | gitrepositories.source.toolkit.fluxcd.io   |
        | kustomize-controller | kustomizations.kustomize.toolkit.fluxcd.io |

  @criterion:GITOPS-API-01 @core @mode:static @mode:throwaway
  Rule: Every Flux object is written for the v1 APIs and free of schema errors

    @fault:flux-object-of-an-old-api
    Scenario: The manifests are what the v1 APIs take
      Then the manifests of "gitops-plan" follow the rule "schema"

  @criterion:GITOPS-SRC-01 @core @mode:throwaway @mode:live
  Rule: Flux follows the declared branch, and what it has is at most two intervals behind it

    @changes-cluster @lock:git @fault:source-branch-missing
    Scenario: A commit on the declared branch is fetched within two intervals
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And GitRepository "homelab" in namespace "flux-system" has condition "Ready" within 3 minutes
      Then GitRepository "homelab" in namespace "flux-system" has ".spec.ref.branch" equal to "<profile.branch>" within 1 minute
      When a commit writes "Looked at." to "docs/notes.md"
      Then GitRepository "homelab" has fetched the commit within 2 minutes

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

    @lock:cluster @fault:part-that-does-not-build
    Scenario: Sources, Kustomizations and releases are all ready
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      Then every Flux object is ready at its source's revision within 3 minutes

  @criterion:GITOPS-RECON-01 @core @mode:throwaway
  Rule: A reconciliation that is asked for is done within 60 seconds

    @changes-cluster @fault:kustomize-controller-stopped
    Scenario: A Kustomization answers a request to reconcile
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And Kustomization.kustomize.toolkit.fluxcd.io "infrastructure" in namespace "flux-system" has condition "Ready" within 3 minutes
      When someone asks Flux to reconcile Kustomization.kustomize.toolkit.fluxcd.io "infrastructure" in namespace "flux-system"
      Then the reconciliation that was asked for is done within 60 seconds

  @criterion:GITOPS-NOTIF-01 @extended @pending @mode:throwaway @mode:live
  Rule: A Kustomization that fails is reported to a webhook within 60 seconds

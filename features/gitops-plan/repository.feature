@document:gitops-plan
Feature: The repository is laid out as the plan draws it

  Whoever opens the repository finds each thing where the plan puts it, and every part builds by itself. The plan's folder
  flux-system holds what "flux bootstrap" writes. Of it, gotk-sync.yaml is here and used; gotk-components.yaml, the
  controllers, belongs to a release of Flux, and is what the run installs Flux from (--flux-install).

  @criterion:GITOPS-REPO-01 @core @mode:static
  Rule: The repository has the folders and files that the plan draws, and each entry point builds

    @fault:homelab-source-missing
    Scenario: Each folder and file of the plan is there, and builds
      Then the manifests of "gitops-plan" have these files and folders
        | flux-system/gotk-sync.yaml                                       |
        | flux-system/kustomization.yaml                                   |
        | infrastructure/kubernetes/flux/sources/homelab.yaml              |
        | infrastructure/kubernetes/flux/sources/external-apps.yaml        |
        | infrastructure/kubernetes/flux/kustomizations/infrastructure.yaml |
        | infrastructure/kubernetes/flux/kustomizations/databases.yaml     |
        | infrastructure/kubernetes/flux/kustomizations/monitoring.yaml    |
        | infrastructure/kubernetes/flux/kustomizations/apps.yaml          |
        | infrastructure/kubernetes/flux/helmrepositories/bitnami.yaml     |
        | infrastructure/kubernetes/base/namespace.yaml                    |
        | infrastructure/kubernetes/databases                              |
        | infrastructure/kubernetes/monitoring                             |
        | infrastructure/kubernetes/apps/README.md                         |
        | docs/GITOPS-SETUP.md                                             |
      And every kustomization in the manifests of "gitops-plan" builds

  @criterion:GITOPS-REPO-02 @core @mode:static @mode:throwaway @mode:live
  Rule: Infrastructure, databases, monitoring and apps are Kustomizations of their own, and ready

    @lock:git @lock:redis @lock:qdrant @fault:databases-kustomization-missing
    Scenario: The four parts are there, and ready
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      Then Kustomization.kustomize.toolkit.fluxcd.io "infrastructure" in namespace "flux-system" has condition "Ready" within 3 minutes
      And Kustomization.kustomize.toolkit.fluxcd.io "databases" in namespace "flux-system" has condition "Ready" within 3 minutes
      And Kustomization.kustomize.toolkit.fluxcd.io "monitoring" in namespace "flux-system" has condition "Ready" within 3 minutes
      And Kustomization.kustomize.toolkit.fluxcd.io "apps" in namespace "flux-system" has condition "Ready" within 3 minutes

  @criterion:GITOPS-DOC-01 @extended @mode:static
  Rule: A setup guide explains GitOps and the pattern of several repositories, with commands that parse

    @fault:setup-guide-missing
    Scenario: The setup guide covers installation, changes, other repositories and the way back
      Then the document "docs/GITOPS-SETUP.md" of "gitops-plan" has the headings "Install Flux, Make a change, External repositories, Secrets, Roll back"

@document:gitops-plan
Feature: The repository is laid out as the plan draws it

  Whoever opens the repository finds each thing where the plan puts it, and every part builds by itself. The plan's folder
  flux-system holds what "flux bootstrap" writes. Here the run installs Flux and its two first objects, so that folder
  stands for the same with files of our own; manifests/gitops-plan/README.md says how.

  @criterion:GITOPS-REPO-01 @core @mode:static
  Rule: The repository has the folders and files that the plan draws, and each entry point builds

  @criterion:GITOPS-REPO-02 @core @mode:static @mode:throwaway @mode:live
  Rule: Infrastructure, databases, monitoring and apps are Kustomizations of their own, and ready

  @criterion:GITOPS-DOC-01 @extended @mode:static
  Rule: A setup guide explains GitOps and the pattern of several repositories, with commands that parse

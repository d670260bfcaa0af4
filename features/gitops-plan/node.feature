@document:gitops-plan
Feature: The node and its namespace have room for the plan

  One node carries everything. What the plan adds has to fit beside what is there.

  @criterion:BASE-K3S-01 @homelab @mode:live
  Rule: The service node is ready under its name and address

  @criterion:BASE-NS-01 @core @mode:static @mode:throwaway @mode:live
  Rule: The homelab namespace is active, with a Pod Security level and a quota

    @fault:namespace-without-quota
    Scenario: The namespace stands with its labels and quota
      Given the "gitops-plan" manifests are deployed from Git
      Then Namespace "<profile.namespace>" in namespace "" has ".status.phase" equal to "Active" within 1 minute
      And Namespace "<profile.namespace>" in namespace "" has ".metadata.labels[\"pod-security.kubernetes.io/warn\"]" equal to "baseline" within 1 minute
      And ResourceQuota "homelab" in namespace "<profile.namespace>" exists within 1 minute

  @criterion:GITOPS-RES-01 @extended @mode:static @mode:throwaway @mode:live
  Rule: The four Flux controllers request at most 256Mi of memory, and use at most a quarter more

    @fault:controller-twice
    Scenario: The controllers' requests stay within the plan's budget
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And Deployment "notification-controller" in namespace "flux-system" is rolled out within 3 minutes
      Then the pods "flux-system/*" together request at most "256Mi" of memory

  @criterion:RES-NODE-01 @homelab @mode:live
  Rule: The node has 8 GB of memory and 98 GB of storage, less what the system keeps

  @criterion:RES-NODE-02 @extended @mode:static @mode:live
  Rule: Flux and Qdrant together request at most 1Gi of memory and 20Gi of storage

    @lock:qdrant @fault:qdrant-requests-2gi
    Scenario: Flux and Qdrant stay within the plan's budget
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then the pods "flux-system/*, <profile.namespace>/qdrant-*" together request at most "1Gi" of memory
      And the claims "<profile.namespace>/*-qdrant-*" together request at most "20Gi" of storage

  @criterion:RES-NODE-03 @extended @mode:live
  Rule: All requests fit the node, and it is under no pressure of memory or disk

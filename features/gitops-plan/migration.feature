@document:gitops-plan
Feature: Moving to Flux, and back, disturbs nobody

  Services ran before Flux came. Flux has to take them over as they are, and leave them as they are when it goes.

  @criterion:GITOPS-ROLLB-02 @core @mode:throwaway
  Rule: Uninstalling Flux leaves all workloads running, and manifests can be applied by hand again

  @criterion:RISK-MIG-01 @extended @mode:throwaway @mode:live
  Rule: A copy of the cluster's datastore was taken before the first Kustomization

  @criterion:RISK-MIG-02 @extended @mode:throwaway
  Rule: Flux reconciles to a scratch namespace before it touches the homelab namespace

  @criterion:RISK-MIG-03 @core @mode:throwaway
  Rule: Flux takes over a running service without a restart and without a failed request

  @criterion:RISK-MIG-04 @extended @mode:static @mode:throwaway
  Rule: The manifests can still be applied by hand, folder by folder

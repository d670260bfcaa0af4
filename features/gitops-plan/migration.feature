@document:gitops-plan
Feature: Moving to Flux, and back, disturbs nobody

  Services ran before Flux came. Flux has to take them over as they are, and leave them as they are when it goes.

  @criterion:GITOPS-ROLLB-02 @core @mode:throwaway
  Rule: Uninstalling Flux leaves all workloads running, and manifests can be applied by hand again

    @changes-cluster @lock:cluster @lock:git @lock:redis @fault:workloads-gone-with-flux
    Scenario: Redis runs on without Flux, and is applied by hand
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "redis" in namespace "<profile.namespace>" is rolled out within 3 minutes
      And the pods in namespace "<profile.namespace>" are remembered
      When Flux is uninstalled
      Then the remembered pods in namespace "<profile.namespace>" still run, none of them restarted
      And Namespace "flux-system" in namespace "" does not exist within 1 minute
      When the manifests in "manifests/gitops-plan/infrastructure/kubernetes/databases/redis" are applied
      Then Deployment "redis" in namespace "<profile.namespace>" is rolled out within 2 minutes

  @criterion:RISK-MIG-01 @extended @mode:throwaway @mode:live
  Rule: A copy of the cluster's datastore was taken before the first Kustomization

  @criterion:RISK-MIG-02 @extended @mode:throwaway
  Rule: Flux reconciles to a scratch namespace before it touches the homelab namespace

    @changes-cluster @lock:cluster @fault:scratch-without-target-namespace
    Scenario: Redis is tried out in a namespace of its own
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And the manifests in "manifests/gitops-plan/trials/scratch" are applied
      Then Kustomization.kustomize.toolkit.fluxcd.io "scratch" in namespace "flux-system" has condition "Ready" within 3 minutes
      And everything that Kustomization "scratch" has applied lies in namespace "scratch"
      And Deployment "redis" in namespace "scratch" is rolled out within 1 minute

  @criterion:RISK-MIG-03 @core @mode:throwaway
  Rule: Flux takes over a running service without a restart and without a failed request

    @changes-cluster @fault:adopted-with-another-template
    Scenario: A web service that was applied by hand does not notice
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And the manifests in "manifests/gitops-plan/trials/legacy-web" are applied
      And Deployment "legacy-web" in namespace "legacy" is rolled out within 2 minutes
      And the pods in namespace "legacy" are remembered
      When Flux is told to apply "trials/legacy-web" of the repository
      Then a GET of "/" on service "legacy-web:80" in namespace "legacy" keeps answering 200 for 90 seconds
      And the remembered pods in namespace "legacy" still run, none of them restarted

  @criterion:RISK-MIG-04 @extended @mode:static @mode:throwaway
  Rule: The manifests can still be applied by hand, folder by folder

    @fault:setup-guide-missing
    Scenario: The guide says how, and each folder builds
      Then the document "docs/GITOPS-SETUP.md" of "gitops-plan" has the headings "Install Flux, Go back to applying by hand"
      And every kustomization in the manifests of "gitops-plan" builds

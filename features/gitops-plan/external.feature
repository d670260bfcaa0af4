@document:gitops-plan
Feature: Applications come from repositories of their own

  An application keeps its manifests in its own repository. The homelab repository only says where it is and which part of
  it to apply; the application's team never writes to the homelab repository.

  @criterion:GITOPS-EXT-01 @core @mode:static @mode:throwaway
  Rule: An application from a second repository is available within 5 minutes, and the pattern is documented

    @lock:my-app @fault:external-path-missing
    Scenario: The example application comes from its own repository
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      Then Kustomization.kustomize.toolkit.fluxcd.io "my-app" in namespace "flux-system" has condition "Ready" within 5 minutes
      And Deployment "my-app" in namespace "<profile.namespace>" is rolled out within 5 minutes
      And the document "docs/GITOPS-SETUP.md" of "gitops-plan" has the headings "External repositories"

  @criterion:GITOPS-EXT-02 @extended @mode:throwaway
  Rule: A private repository is read with its credentials, and not without

    @changes-cluster @fault:nobody-fetches
    Scenario: The same address is refused without credentials and fetched with them
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And a private repository "my-private-app" with the files of repository "my-app"
      When Flux follows the private repository "my-private-app" without credentials
      Then GitRepository "my-private-app" in namespace "flux-system" is not ready because of "GitOperationFailed" within 2 minutes
      When Flux follows the private repository "my-private-app" with its credentials
      Then GitRepository "my-private-app" in namespace "flux-system" has condition "Ready" within 2 minutes

  @criterion:GITOPS-EXT-03 @core @mode:throwaway
  Rule: An application that does not become healthy makes its Kustomization fail within its timeout

    @changes-cluster @lock:git @lock:my-app @fault:external-health-unchecked
    Scenario: An image that does not exist fails the health check
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And Deployment "my-app" in namespace "<profile.namespace>" is rolled out within 3 minutes
      When a commit to repository "my-app" sets these fields in "deploy/kubernetes"
        | file            | field                                   | value                |
        | deployment.yaml | .spec.template.spec.containers[0].image | registry.invalid/a:1 |
      Then Kustomization.kustomize.toolkit.fluxcd.io "my-app" in namespace "flux-system" is not ready because of "HealthCheckFailed" within 3 minutes

  @criterion:GITOPS-EXT-04 @extended @mode:static @mode:throwaway @mode:live
  Rule: All objects of the external application lie in the homelab namespace

    @lock:my-app @fault:external-application-elsewhere
    Scenario: The inventory of the external application names one namespace
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And Deployment "my-app" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then Kustomization.kustomize.toolkit.fluxcd.io "my-app" in namespace "flux-system" has condition "Ready" within 3 minutes
      And everything that Kustomization "my-app" has applied lies in namespace "<profile.namespace>"

  @criterion:GITOPS-HELM-01 @extended @mode:throwaway @mode:live
  Rule: A third-party Helm repository is fetched and a release of one of its charts is ready within 5 minutes

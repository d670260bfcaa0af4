@document:gitops-plan
Feature: No secret is in Git in the clear

  Whoever can read the repository must not be able to log in anywhere. Until a mechanism for encrypted secrets is chosen,
  Secrets are made on the cluster, beside Flux.

  @criterion:GITOPS-SECRET-01 @core @mode:static
  Rule: No file in Git holds a Secret, token or key in clear text

    @fault:secret-committed
    Scenario: Nothing in the repository opens a door
      Then the manifests of "gitops-plan" follow the rule "no secret in clear text"

  @criterion:GITOPS-SECRET-02 @extended @pending @mode:throwaway @mode:live
  Rule: Sealed Secrets are unsealed on the cluster

  @criterion:GITOPS-SECRET-03 @extended @pending @mode:static @mode:throwaway @mode:live
  Rule: Flux decrypts Secrets that SOPS encrypted

  @criterion:GITOPS-SECRET-04 @extended @pending @mode:throwaway @mode:live
  Rule: External Secrets are fetched, and fetched again within two refresh intervals

  @criterion:GITOPS-SECRET-05 @extended @mode:live
  Rule: Every Secret that Flux does not manage is on the list of exceptions

    @changes-cluster @lock:cluster @fault:secret-not-on-the-list
    Scenario: A Secret that was made by hand is a known one
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And a random secret "registry-login" in namespace "<profile.namespace>" with keys "password"
      Then every Secret in namespace "<profile.namespace>" that Flux does not manage is listed in "docs/secrets-outside-git.txt" of "gitops-plan"

@document:gitops-plan
Feature: Applications come from repositories of their own

  An application keeps its manifests in its own repository. The homelab repository only says where it is and which part of
  it to apply; the application's team never writes to the homelab repository.

  @criterion:GITOPS-EXT-01 @core @mode:static @mode:throwaway
  Rule: An application from a second repository is available within 5 minutes, and the pattern is documented

  @criterion:GITOPS-EXT-02 @extended @mode:throwaway
  Rule: A private repository is read with its credentials, and not without

  @criterion:GITOPS-EXT-03 @core @mode:throwaway
  Rule: An application that does not become healthy makes its Kustomization fail within its timeout

  @criterion:GITOPS-EXT-04 @extended @mode:static @mode:throwaway @mode:live
  Rule: All objects of the external application lie in the homelab namespace

  @criterion:GITOPS-HELM-01 @extended @mode:throwaway @mode:live
  Rule: A third-party Helm repository is fetched and a release of one of its charts is ready within 5 minutes

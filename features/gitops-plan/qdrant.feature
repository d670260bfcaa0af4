@document:gitops-plan
Feature: Qdrant keeps its vectors

  Points are written through Qdrant's API and remembered by a checksum over all ids, vectors and payloads. The pod is
  deleted; a new one must come back with the very same points, from a volume that is the pod's own claim.

  @criterion:QDRANT-PERSIST-01 @core
  Rule: Data in Qdrant persists across pod restarts, and is served again within 5 minutes

    @changes-cluster @fault:qdrant-storage-emptydir
    Scenario: The same points are there after the pod was deleted
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      When 1000 points are written to Qdrant collection "plumbline"
      And pod "qdrant-0" in namespace "<profile.namespace>" is deleted
      Then another pod "qdrant-0" is ready within 5 minutes
      And the same 1000 points are in Qdrant collection "plumbline" within 1 minute
      And "/qdrant/storage" of pod "qdrant-0" lies on a bound PersistentVolumeClaim
